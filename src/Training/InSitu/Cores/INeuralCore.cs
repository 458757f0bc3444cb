namespace CircuitSim.Training.InSitu.Cores;

/// <summary>The weights of one layer and what an array does with them: parallel read, transposed read and parallel write.</summary>
/// <remarks>Weights are row-major [output, input]; everything is in units of the algorithm. Not thread-safe.</remarks>
internal interface INeuralCore
{
    /// <summary>Inputs, the bias included.</summary>
    int InputCount { get; }

    int OutputCount { get; }

    /// <summary>The weights that the devices stand for now.</summary>
    ReadOnlySpan<double> Weights { get; }

    /// <summary>What shows that requests since the last call have gone far beyond what the array can hold, or null.</summary>
    string? Overdrive();

    /// <summary>Programs the weights exactly, within what devices can be.</summary>
    void Program(ReadOnlySpan<double> weights);

    /// <summary>Weighted sums: y = W·x.</summary>
    void Read(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>Transposed weighted sums: y = Wᵀ·p.</summary>
    void ReadTransposed(ReadOnlySpan<double> p, Span<double> y);

    /// <summary>Asks for W + rate·p·xᵀ.</summary>
    void UpdateRankOne(ReadOnlySpan<double> p, ReadOnlySpan<double> x, double rate);

    /// <summary>Asks for W + rate·U.</summary>
    void Update(ReadOnlySpan<double> u, double rate);
}
