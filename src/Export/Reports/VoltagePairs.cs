namespace CircuitSim.Export.Reports;

/// <summary>Behavioural and circuit voltage of the same nodes and samples: two lists of one length.</summary>
public sealed record VoltagePairs
{
    /// <summary>Largest number of pairs per signal: enough to see a departure, few enough for a small page.</summary>
    public const int MaximumCount = 1500;

    /// <summary>Voltages of the behavioural model, volts.</summary>
    public required IReadOnlyList<double> BehaviouralVolts { get; init; }

    /// <summary>Voltages of the circuit, volts.</summary>
    public required IReadOnlyList<double> CircuitVolts { get; init; }
}
