namespace CircuitSim.Export.Reports;

/// <summary>Whether the circuit keeps the limits of the experiment, and on what this judgement rests.</summary>
public sealed record FidelityVerdict
{
    /// <summary>Whether every limit was judged and kept, and nothing disagreed.</summary>
    public required bool Passed { get; init; }

    /// <summary>True when nothing was missed and nothing disagreed, but something could not be judged.</summary>
    public bool IsUnjudged { get; init; }

    /// <summary>One sentence that a reader in a hurry can act on.</summary>
    public required string Summary { get; init; }

    /// <summary>Limits and what was measured against each.</summary>
    public required IReadOnlyList<FidelityLimit> Limits { get; init; }

    /// <summary>Sentences that say exactly what was verified.</summary>
    public required IReadOnlyList<string> Verified { get; init; }

    /// <summary>Sentences that say what was not verified, each with the reason.</summary>
    public required IReadOnlyList<string> NotVerified { get; init; }
}
