namespace CircuitSim.Export.Figures;

/// <summary>A sketch of an inverter network: crossbars in series, each bit line ending in two inverters that drive the next crossbar.</summary>
public sealed record CircuitSketch
{
    /// <summary>Most crossbars that fit into one sketch.</summary>
    public const int MaximumLayerCount = 4;

    /// <summary>Title, description and width; the height follows from it.</summary>
    public required FigureHeading Heading { get; init; }

    /// <summary>Crossbars from input to output, 1 to <see cref="MaximumLayerCount"/> of them.</summary>
    public required IReadOnlyList<SketchedCrossbar> Layers { get; init; }
}
