namespace CircuitSim.Export.Runs;

/// <summary>Ends a point of a sweep when its result is known well enough: the first chip, in the order of their numbers, after which the rule holds.</summary>
public sealed record SweepStop
{
    /// <summary>Half the width of the 95 % interval of the yield (with a yield limit) or else of the mean accuracy, percentage points, positive.</summary>
    public required double HalfWidthPercent { get; init; }

    /// <summary>Fewest chips, at least 2.</summary>
    public int Least { get; init; } = 20;
}
