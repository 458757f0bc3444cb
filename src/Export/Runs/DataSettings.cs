namespace CircuitSim.Export.Runs;

/// <summary>Which samples a run uses.</summary>
public sealed record DataSettings
{
    /// <summary>Name of a data set, such as <c>mnist14</c>, or a CSV file with a header line.</summary>
    public required string Set { get; init; }

    /// <summary>Column of a CSV file that holds the class; null for a named data set.</summary>
    public string? Label { get; init; }

    /// <summary>Share of the samples used for training; the rest is held out. Between 0 and 1, both excluded.</summary>
    public double Train { get; init; } = 0.8;
}
