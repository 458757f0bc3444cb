using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Comparison;

/// <summary>Accuracy of the same engine or model in two runs.</summary>
public sealed record AccuracyPair
{
    /// <summary>Engine or model, as in <see cref="ModelAccuracy.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>In the first run, or null where it has none.</summary>
    public required ModelAccuracy? First { get; init; }

    /// <summary>In the second run, or null where it has none.</summary>
    public required ModelAccuracy? Second { get; init; }

    /// <summary>
    /// Classes of both runs on the same samples, with McNemar's test, the first run in the place of the trained network; null where the
    /// samples are not the same or were not recorded.
    /// </summary>
    public required ClassAgreement? Paired { get; init; }
}
