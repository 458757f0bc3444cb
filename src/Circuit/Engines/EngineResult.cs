namespace CircuitSim.Circuit.Engines;

/// <summary>What an engine found for a netlist.</summary>
/// <param name="Engine">Name of the engine.</param>
/// <param name="Seconds">Wall time, seconds.</param>
/// <param name="Analyses">One result for each analysis of the netlist, in its order.</param>
public sealed record EngineResult(string Engine, double Seconds, IReadOnlyList<AnalysisResult> Analyses);
