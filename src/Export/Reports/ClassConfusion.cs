namespace CircuitSim.Export.Reports;

/// <summary>Confusion matrix of one engine.</summary>
public sealed record ClassConfusion
{
    /// <summary>Engine or model, as in <see cref="ModelAccuracy.Name"/>.</summary>
    public required string EngineName { get; init; }

    /// <summary>Sample counts <c>[true class][chosen class]</c>, square, in the order of <see cref="DataSetSummary.ClassNames"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Counts { get; init; }
}
