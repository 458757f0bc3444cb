namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Which arrays become circuits, and with what wires.</summary>
public sealed record ArrayCircuitSettings
{
    /// <summary>Training whose arrays are taken.</summary>
    public required string Of { get; init; }

    /// <summary>Wire between neighbouring cross-points, ohms: the whole network is judged once for each.</summary>
    public IReadOnlyList<double> SegmentOhms { get; init; } = [0, 1, 2.5, 5];

    /// <summary>Arrays that are compared with the direct solver and exported as decks, spread over all.</summary>
    public int Tiles { get; init; } = 10;

    /// <summary>Word lines and bit lines of a deck at most.</summary>
    public int Excerpt { get; init; } = 32;

    /// <summary>Wire in decks and comparisons, ohms.</summary>
    public double DeckSegmentOhms { get; init; } = 2.5;
}
