namespace CircuitSim.Export.CrossCheck;

/// <summary>What the engines made of one sample.</summary>
public sealed record SampleComparison
{
    /// <summary>Sample index from 0 within the held-out samples.</summary>
    public required int Sample { get; init; }

    /// <summary>Its label, class index from 0.</summary>
    public required int Label { get; init; }

    /// <summary>Class that each engine of <see cref="CrossCheckTable.Engines"/> chose, index from 0; null where it did not solve the whole circuit of this sample.</summary>
    public required IReadOnlyList<int?> Classes { get; init; }

    /// <summary>Largest difference of each engine from our circuit solution at any node compared, volts; null where nothing was compared.</summary>
    public required IReadOnlyList<double?> WorstVolts { get; init; }
}
