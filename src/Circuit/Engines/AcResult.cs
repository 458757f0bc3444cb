using System.Numerics;

namespace CircuitSim.Circuit.Engines;

/// <summary>Small-signal phasors along a frequency sweep.</summary>
/// <param name="FrequenciesHertz">Frequencies, hertz, ascending.</param>
/// <param name="NodeVolts">Phasor of each node (or of those asked for) at every frequency, volts.</param>
/// <param name="BranchAmps">Phasor of each voltage-defined element's current (or of those asked for) at every frequency, amperes.</param>
public sealed record AcResult(
    IReadOnlyList<double> FrequenciesHertz,
    IReadOnlyDictionary<string, IReadOnlyList<Complex>> NodeVolts,
    IReadOnlyDictionary<string, IReadOnlyList<Complex>> BranchAmps) : AnalysisResult;
