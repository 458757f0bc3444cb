namespace CircuitSim.Export.Figures;

/// <summary>One box of a <see cref="BoxChart"/>: quantiles in rising order, all finite.</summary>
public sealed record Box
{
    /// <summary>Name beside the box.</summary>
    public required string Name { get; init; }

    /// <summary>Smallest value.</summary>
    public required double Minimum { get; init; }

    /// <summary>5 % quantile.</summary>
    public required double Low { get; init; }

    /// <summary>25 % quantile.</summary>
    public required double LowerQuartile { get; init; }

    /// <summary>50 % quantile.</summary>
    public required double Median { get; init; }

    /// <summary>75 % quantile.</summary>
    public required double UpperQuartile { get; init; }

    /// <summary>95 % quantile.</summary>
    public required double High { get; init; }

    /// <summary>Largest value.</summary>
    public required double Maximum { get; init; }

    /// <summary>Place in the palette, 0 to <see cref="SvgFigure.PaletteSize"/> − 1.</summary>
    public int ColourIndex { get; init; }

    internal double[] Quantiles => [Minimum, Low, LowerQuartile, Median, UpperQuartile, High, Maximum];
}
