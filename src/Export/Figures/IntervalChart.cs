namespace CircuitSim.Export.Figures;

/// <summary>Horizontal bars with confidence intervals.</summary>
/// <remarks>A bar's length means something only from zero; on an axis that begins elsewhere the values are drawn as points.</remarks>
public sealed record IntervalChart
{
    /// <summary>Title, description and width; the height follows from the number of bars.</summary>
    public required FigureHeading Heading { get; init; }

    /// <summary>Axis of the values.</summary>
    public required FigureAxis ValueAxis { get; init; }

    /// <summary>Bars from top to bottom, at least one, all values finite.</summary>
    public required IReadOnlyList<IntervalBar> Bars { get; init; }
}
