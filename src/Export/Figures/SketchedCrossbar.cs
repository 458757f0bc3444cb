namespace CircuitSim.Export.Figures;

/// <summary>One crossbar of a <see cref="CircuitSketch"/>.</summary>
public sealed record SketchedCrossbar
{
    /// <summary>Number of word lines, written beside the crossbar; only a few are drawn.</summary>
    public required int WordLineCount { get; init; }

    /// <summary>Number of bit lines, written beside the crossbar; only a few are drawn.</summary>
    public required int BitLineCount { get; init; }
}
