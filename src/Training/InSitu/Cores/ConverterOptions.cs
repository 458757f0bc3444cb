namespace CircuitSim.Training.InSitu.Cores;

/// <summary>Converters at the edges of a core. Ranges are in units of the algorithm: inputs, weighted sums and errors.</summary>
public sealed record ConverterOptions
{
    /// <summary>Inputs of the parallel read.</summary>
    public required Quantizer ForwardInput { get; init; }

    /// <summary>Outputs of the parallel read.</summary>
    public required Quantizer ForwardOutput { get; init; }

    /// <summary>Inputs of the transposed read.</summary>
    public required Quantizer BackwardInput { get; init; }

    /// <summary>Outputs of the transposed read.</summary>
    public required Quantizer BackwardOutput { get; init; }

    /// <summary>Errors that drive the rows of a rank-one write.</summary>
    public required Quantizer RowUpdate { get; init; }

    /// <summary>Activations that drive the columns of a rank-one write.</summary>
    public required Quantizer ColumnUpdate { get; init; }

    /// <summary>CrossSim's preset for sigmoid networks: 7 bits for reads, 6 and 4 for writes.</summary>
    public static ConverterOptions Sigmoid { get; } = new()
    {
        ForwardInput = new Quantizer(-1, 1, 7),
        ForwardOutput = new Quantizer(-6, 6, 7),
        BackwardInput = new Quantizer(-1, 1, 7),
        BackwardOutput = new Quantizer(-4, 4, 7),
        RowUpdate = new Quantizer(-0.1, 0.1, 6),
        ColumnUpdate = new Quantizer(-1, 1, 4),
    };

    /// <summary>CrossSim's preset for rectified linear networks: the same bits, wider ranges.</summary>
    public static ConverterOptions Relu { get; } = new()
    {
        ForwardInput = new Quantizer(-10, 10, 7),
        ForwardOutput = new Quantizer(-20, 20, 7),
        BackwardInput = new Quantizer(-1, 1, 7),
        BackwardOutput = new Quantizer(-3, 3, 7),
        RowUpdate = new Quantizer(-3, 3, 6),
        ColumnUpdate = new Quantizer(-10, 10, 4),
    };

    internal void AddViolations(List<string> violations)
    {
        ForwardInput.AddViolations("forward input", violations);
        ForwardOutput.AddViolations("forward output", violations);
        BackwardInput.AddViolations("backward input", violations);
        BackwardOutput.AddViolations("backward output", violations);
        RowUpdate.AddViolations("row update", violations);
        ColumnUpdate.AddViolations("column update", violations);
    }
}
