namespace CircuitSim.Mapping.Devices.Fitting;

/// <summary>A device card made from measurements, and what the measurements are.</summary>
public sealed record DeviceFit
{
    /// <summary>The card.</summary>
    public required DeviceCard Card { get; init; }

    /// <summary>Statistics of every level at every time, levels rising, times rising inside them.</summary>
    public required IReadOnlyList<FittedLevel> Levels { get; init; }

    /// <summary>Programming cycles in the table, or 0 when it names none.</summary>
    public required int CycleCount { get; init; }

    /// <summary>
    /// Largest difference, over the levels, between the mean of one cycle and the mean of all, in standard deviations of that level; null without
    /// cycles. All cycles are pooled: a number far above 1/√(reads a cycle) says that devices age.
    /// </summary>
    public required double? LargestCycleShift { get; init; }
}
