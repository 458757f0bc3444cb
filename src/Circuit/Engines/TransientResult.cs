namespace CircuitSim.Circuit.Engines;

/// <summary>A transient at the times that the integration chose.</summary>
/// <param name="TimesSeconds">Times, seconds, ascending.</param>
/// <param name="NodeVolts">Voltage of each node (or of those asked for) at every time, volts.</param>
/// <param name="BranchAmps">Current of each voltage-defined element (or of those asked for) at every time, amperes.</param>
public sealed record TransientResult(
    IReadOnlyList<double> TimesSeconds,
    IReadOnlyDictionary<string, IReadOnlyList<double>> NodeVolts,
    IReadOnlyDictionary<string, IReadOnlyList<double>> BranchAmps) : AnalysisResult;
