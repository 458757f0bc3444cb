namespace CircuitSim.Export.Reports;

/// <summary>One exported deck solved from its text by another simulator, or by our own second solver, and compared node by node with our own solution.</summary>
public sealed record SpiceCheck
{
    /// <summary>Deck, relative to the run folder.</summary>
    public required string File { get; init; }

    /// <summary>What the deck holds.</summary>
    public required string Description { get; init; }

    /// <summary>Dialect and engine, for example <c>ngspice 39</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>True when the engine is our own second solver, which is no other simulator.</summary>
    public bool IsOwnSolver { get; init; }

    /// <summary>Command line that re-runs the deck from the run folder.</summary>
    public required string Command { get; init; }

    /// <summary>Sample index from 0 within the checked samples, or null when the deck holds several.</summary>
    public required int? Sample { get; init; }

    /// <summary>How much of the wires the deck holds.</summary>
    public required DeckWires Wires { get; init; }

    /// <summary>Number of nodes of the deck.</summary>
    public required int NodeCount { get; init; }

    /// <summary>Number of node voltages that were compared; 0 unless the deck ran.</summary>
    public required int ComparedCount { get; init; }

    /// <summary>Largest absolute difference from our own solution, volts, or null unless the deck ran.</summary>
    public required double? WorstVolts { get; init; }

    /// <summary>Node of the largest difference, or null unless the deck ran.</summary>
    public required string? WorstNodeName { get; init; }

    /// <summary>Wall-clock time of the other simulator, seconds, or null unless it was started.</summary>
    public required double? Seconds { get; init; }

    /// <summary>What came of it.</summary>
    public required SpiceCheckStatus Status { get; init; }

    /// <summary>Why the check ended with this status; for a verified deck, the bound it was held to.</summary>
    public required string Reason { get; init; }
}
