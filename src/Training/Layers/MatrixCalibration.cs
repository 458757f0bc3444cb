namespace CircuitSim.Training.Layers;

/// <summary>What calibration found for the arrays of one matrix.</summary>
internal sealed class MatrixCalibration(int arrayCount)
{
    /// <summary>Input that stands for the full read voltage.</summary>
    public double InputFullScale { get; set; } = 1;

    /// <summary>Largest partial sum of each array over the largest possible one; arrays in the order of their plan.</summary>
    public double[] SumShare { get; } = [.. Enumerable.Repeat(1.0, arrayCount)];

    /// <summary>Conversions since the count was last reset.</summary>
    public long ConversionCount { get; set; }

    /// <summary>Conversions whose sum lay beyond the range.</summary>
    public long ClippedCount { get; set; }
}
