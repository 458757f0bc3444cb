namespace CircuitSim.Export.Figures;

/// <summary>One bar with its confidence interval.</summary>
public sealed record IntervalBar
{
    /// <summary>Name beside the bar.</summary>
    public required string Name { get; init; }

    /// <summary>Value of the bar.</summary>
    public required double Value { get; init; }

    /// <summary>Lower end of the interval, or null when there is none.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end of the interval, or null when there is none.</summary>
    public double? Upper { get; init; }

    /// <summary>Text after the bar, for example <c>90.5 %</c>.</summary>
    public required string ValueText { get; init; }

    /// <summary>Place in the palette, 0 to <see cref="SvgFigure.PaletteSize"/> − 1.</summary>
    public int ColourIndex { get; init; }
}
