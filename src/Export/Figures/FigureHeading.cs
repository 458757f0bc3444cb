namespace CircuitSim.Export.Figures;

/// <summary>What a figure is called and how large it is drawn.</summary>
public sealed record FigureHeading
{
    /// <summary>Title, read out by screen readers and shown as the caption by a page; not drawn inside the figure.</summary>
    public required string Title { get; init; }

    /// <summary>What the figure shows, in words, for readers who cannot see it.</summary>
    public required string Description { get; init; }

    /// <summary>Natural width, CSS pixels.</summary>
    public int WidthPixels { get; init; } = 440;

    /// <summary>Natural height, CSS pixels; figures whose height follows from their content ignore it.</summary>
    public int HeightPixels { get; init; } = 280;
}
