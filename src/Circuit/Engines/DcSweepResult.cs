namespace CircuitSim.Circuit.Engines;

/// <summary>Operating points along a sweep.</summary>
/// <param name="Source">Source that varies fastest.</param>
/// <param name="Levels">Its level at each point, volts or amperes; with a second source the levels repeat for each of its levels.</param>
/// <param name="NodeVolts">Voltage of each node (or of those asked for) at every point, volts.</param>
/// <param name="BranchAmps">Current of each voltage-defined element (or of those asked for) at every point, amperes.</param>
public sealed record DcSweepResult(
    string Source,
    IReadOnlyList<double> Levels,
    IReadOnlyDictionary<string, IReadOnlyList<double>> NodeVolts,
    IReadOnlyDictionary<string, IReadOnlyList<double>> BranchAmps) : AnalysisResult;
