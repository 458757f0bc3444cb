namespace CircuitSim.Export.Figures;

/// <summary>Confusion matrix: rows are true classes, columns chosen classes.</summary>
public sealed record ConfusionChart
{
    /// <summary>Title, description and width; the height follows from the number of classes.</summary>
    public required FigureHeading Heading { get; init; }

    /// <summary>Class names in the order of rows and columns, at least one.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Counts <c>[true class][chosen class]</c>, square, none negative.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Counts { get; init; }
}
