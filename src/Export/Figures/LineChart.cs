namespace CircuitSim.Export.Figures;

/// <summary>Lines over a common horizontal axis, such as training curves or a transfer curve.</summary>
public sealed record LineChart
{
    /// <summary>Title, description and size.</summary>
    public required FigureHeading Heading { get; init; }

    /// <summary>Horizontal axis.</summary>
    public required FigureAxis XAxis { get; init; }

    /// <summary>Vertical axis.</summary>
    public required FigureAxis YAxis { get; init; }

    /// <summary>Lines in drawing order; at least one with at least one finite point.</summary>
    public required IReadOnlyList<LineSeries> Series { get; init; }
}
