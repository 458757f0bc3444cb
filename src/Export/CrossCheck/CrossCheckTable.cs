namespace CircuitSim.Export.CrossCheck;

/// <summary>Engines against each other: engines as columns, signals as rows, samples as depth.</summary>
public sealed record CrossCheckTable
{
    /// <summary>Engines in the order of the columns of <see cref="Samples"/>, for example behavioural, native, ngspice.</summary>
    public required IReadOnlyList<string> Engines { get; init; }

    /// <summary>What counts as agreement, one entry a kind of comparison and signal.</summary>
    public required IReadOnlyList<ErrorBudget> Budgets { get; init; }

    /// <summary>Every engine against our circuit solution, one entry an engine and scope.</summary>
    public required IReadOnlyList<EngineComparison> Comparisons { get; init; }

    /// <summary>What each engine made of each sample, in order.</summary>
    public required IReadOnlyList<SampleComparison> Samples { get; init; }
}
