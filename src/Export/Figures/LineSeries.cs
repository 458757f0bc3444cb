namespace CircuitSim.Export.Figures;

/// <summary>One line of a chart.</summary>
public sealed record LineSeries
{
    /// <summary>Name in the legend.</summary>
    public required string Name { get; init; }

    /// <summary>Horizontal values, rising.</summary>
    public required IReadOnlyList<double> XValues { get; init; }

    /// <summary>Vertical values, as long as <see cref="XValues"/>; NaN breaks the line.</summary>
    public required IReadOnlyList<double> YValues { get; init; }

    /// <summary>Place in the palette, 0 to <see cref="SvgFigure.PaletteSize"/> − 1.</summary>
    public required int ColourIndex { get; init; }

    /// <summary>Whether the line is dashed, so that it can be told apart without colour.</summary>
    public bool IsDashed { get; init; }
}
