namespace CircuitSim.Export.Reports;

/// <summary>Histogram of voltage differences.</summary>
public sealed record DifferenceHistogram
{
    /// <summary>Bin edges, millivolts, rising, one more than <see cref="Counts"/>; bin i holds edges i ≤ x &lt; i + 1, the last bin its upper edge too.</summary>
    public required IReadOnlyList<double> EdgesMillivolts { get; init; }

    /// <summary>Number of differences per bin.</summary>
    public required IReadOnlyList<int> Counts { get; init; }
}
