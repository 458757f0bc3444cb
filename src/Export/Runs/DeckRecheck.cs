using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Runs;

/// <summary>An exported deck, held against the run that it came from: its statements, and its voltages in a simulator.</summary>
public sealed record DeckRecheck
{
    /// <summary>Deck, relative to the run folder.</summary>
    public required string File { get; init; }

    /// <summary>What came of it; a deck that is too large for the simulator is refused, but its statements are compared all the same.</summary>
    public required SpiceCheckStatus Status { get; init; }

    /// <summary>Statements that differ from those of the run.</summary>
    public required IReadOnlyList<DeckDifference> Differences { get; init; }

    /// <summary>Number of voltages that were compared.</summary>
    public required int ComparedCount { get; init; }

    /// <summary>Largest difference from the run's own solution, volts, or null when the deck did not run.</summary>
    public required double? WorstVolts { get; init; }

    /// <summary>Node of that difference, or null when the deck did not run.</summary>
    public required string? WorstNodeName { get; init; }

    /// <summary>Largest difference of a delay, percent; null unless the deck is a transient.</summary>
    public double? DelayDifferencePercent { get; init; }

    /// <summary>Wall-clock time of the simulator, seconds, or null unless it was started.</summary>
    public required double? Seconds { get; init; }

    /// <summary>Why the check ended with this status.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether the deck is the run's own, and agrees where it could be run.</summary>
    public bool Passed => Differences.Count == 0 && Status is SpiceCheckStatus.Verified or SpiceCheckStatus.Refused;
}
