namespace CircuitSim.Training.InSitu.Tables;

/// <summary>How far a parametric model is from the table it was fitted to, for one kind of pulse. Errors are relative to the table's mean change over the window.</summary>
public sealed record ParametricFitError
{
    /// <summary>Error of the mean change averaged over the window.</summary>
    public required double AverageStep { get; init; }

    /// <summary>Largest error of the mean change at any state in the window.</summary>
    public required double WorstInWindow { get; init; }

    /// <summary>Root mean square error of the mean change over the states in the window.</summary>
    public required double RootMeanSquareInWindow { get; init; }

    /// <summary>Largest error of the mean change at any state.</summary>
    public required double Worst { get; init; }

    /// <summary>Noise of a pulse in the model: standard deviation over mean change, averaged over the window.</summary>
    public required double NoiseRatio { get; init; }

    /// <summary>The same in the table.</summary>
    public required double TableNoiseRatio { get; init; }
}
