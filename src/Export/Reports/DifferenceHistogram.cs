namespace CircuitSim.Export.Reports;

/// <summary>Histogram of voltage differences.</summary>
public sealed record DifferenceHistogram
{
    /// <summary>Bin edges, millivolts, rising, one more than <see cref="Counts"/>.</summary>
    /// <remarks>Bin i holds what is at least edge i and below edge i + 1; the last bin holds its upper edge too.</remarks>
    public required IReadOnlyList<double> EdgesMillivolts { get; init; }

    /// <summary>Number of differences per bin.</summary>
    public required IReadOnlyList<int> Counts { get; init; }
}
