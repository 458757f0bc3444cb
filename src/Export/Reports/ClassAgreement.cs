namespace CircuitSim.Export.Reports;

/// <summary>How often the circuit and the behavioural model choose the same class, labels left aside.</summary>
public sealed record ClassAgreement
{
    /// <summary>Number of samples both classified.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Number of samples for which they chose the same class.</summary>
    public required int AgreeingCount { get; init; }
}
