namespace CircuitSim.Export.Sweep;

/// <summary>The chips of one point of a sweep.</summary>
public sealed record PointSummary
{
    /// <summary>The point.</summary>
    public required SweepPoint Point { get; init; }

    /// <summary>Chips that count.</summary>
    public required int ChipCount { get; init; }

    /// <summary>Whether the stop rule ended the point before all chips were made.</summary>
    public required bool EndedEarly { get; init; }

    /// <summary>Chips that have no solution; they classify nothing.</summary>
    public required int FailedCount { get; init; }

    /// <summary>Accuracy of the trained network on the same samples, percent.</summary>
    public required double TrainedAccuracyPercent { get; init; }

    /// <summary>Accuracy of the chips, percent.</summary>
    public required Distribution AccuracyPercent { get; init; }

    /// <summary>Root mean square difference of outputs from the trained network, millivolts; null when no chip has a solution.</summary>
    public required Distribution? OutputRmsMillivolts { get; init; }

    /// <summary>Static power on the first sample, milliwatts; null when no chip has a solution.</summary>
    public required Distribution? PowerMilliwatts { get; init; }

    /// <summary>Root mean square programming error, siemens.</summary>
    public required Distribution ProgrammingRmsSiemens { get; init; }

    /// <summary>Mean number of programming pulses; null when devices sit on their targets.</summary>
    public required double? MeanPulses { get; init; }

    /// <summary>Mean programming energy, joules; null where the card states none.</summary>
    public required double? MeanProgrammingJoules { get; init; }

    /// <summary>Mean number of stuck devices.</summary>
    public required double MeanStuckCount { get; init; }

    /// <summary>Share of good chips, or null without a limit.</summary>
    public required YieldSummary? Yield { get; init; }
}
