namespace CircuitSim.Export.Runs;

/// <summary>The limit that a good chip meets; one of the two is set.</summary>
public sealed record SweepYield
{
    /// <summary>Least accuracy of the chip on the checked samples, percent; or null.</summary>
    public double? AccuracyPercent { get; init; }

    /// <summary>Most accuracy lost from the trained network to the chip on the same samples, percentage points; or null.</summary>
    public double? AccuracyDropPercent { get; init; }
}
