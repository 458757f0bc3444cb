namespace CircuitSim.Export.Comparison;

/// <summary>Two runs side by side: what differs in their experiments, and what came of it.</summary>
public sealed record RunComparison
{
    /// <summary>Version of the contract the document follows.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The first run.</summary>
    public required ComparedRun First { get; init; }

    /// <summary>The second run.</summary>
    public required ComparedRun Second { get; init; }

    /// <summary>What differs and what came of it, one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Settings that differ, in the order of the experiment file; empty for runs of one experiment.</summary>
    public required IReadOnlyList<SettingDifference> Settings { get; init; }

    /// <summary>Why samples are paired or not, one sentence.</summary>
    public required string Pairing { get; init; }

    /// <summary>Accuracies, one entry an engine or model.</summary>
    public required IReadOnlyList<AccuracyPair> Accuracies { get; init; }

    /// <summary>Voltages, one entry a layer and signal; empty for networks of different shape.</summary>
    public required IReadOnlyList<VoltagePair> Voltages { get; init; }

    /// <summary>Attribution ladders, one entry a step.</summary>
    public required IReadOnlyList<LadderPair> Ladder { get; init; }
}
