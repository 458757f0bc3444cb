namespace CircuitSim.Export.Runs;

/// <summary>Monte Carlo over chips, at every point of a grid of settings.</summary>
public sealed record SweepSettings
{
    /// <summary>Chips at every point of the grid, at least 1; they are numbered from 1, and chip k is drawn with the same numbers at every point.</summary>
    public int Chips { get; init; } = 100;

    /// <summary>Grids; the points of each are all combinations of its axes' values. Empty: one point, the experiment as it stands.</summary>
    public IReadOnlyList<IReadOnlyList<SweepAxis>> Grids { get; init; } = [];

    /// <summary>When to end before <see cref="Chips"/>, or null.</summary>
    public SweepStop? Stop { get; init; }

    /// <summary>What a chip must reach to be sold, or null.</summary>
    public SweepYield? Yield { get; init; }
}
