using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>One engine against our circuit solution.</summary>
public sealed record EngineComparison
{
    /// <summary>The engine, with its version.</summary>
    public required string Engine { get; init; }

    /// <summary>Which circuit it was given.</summary>
    public required ComparisonScope Scope { get; init; }

    /// <summary>What was compared, one sentence that claims no more than was done.</summary>
    public required string Description { get; init; }

    /// <summary>Decks that the engine solved; 0 where it needs none.</summary>
    public required int DeckCount { get; init; }

    /// <summary>Samples compared.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Differences by layer and signal, in the order of the signal's way through the circuit.</summary>
    public required IReadOnlyList<SignalDifference> Signals { get; init; }

    /// <summary>Where the two part first, or null when they agree within every budget.</summary>
    public required Divergence? FirstDivergence { get; init; }

    /// <summary>Decks that the engine did not solve, each with the reason.</summary>
    public IReadOnlyList<string> Unsolved { get; init; } = [];

    /// <summary>Agreement of classes, or null where the circuit has no classes (excerpts); McNemar's test only against the trained network.</summary>
    public required ClassAgreement? Classes { get; init; }
}
