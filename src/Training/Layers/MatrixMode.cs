namespace CircuitSim.Training.Layers;

/// <summary>What a matrix on arrays does besides computing.</summary>
internal enum MatrixMode
{
    /// <summary>Nothing.</summary>
    Compute,

    /// <summary>Notes its largest input, and leaves inputs as they are.</summary>
    MeasureInputs,

    /// <summary>Notes the largest partial sum of each array, and leaves sums as they are.</summary>
    MeasureSums,
}
