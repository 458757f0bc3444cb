namespace CircuitSim.Circuit.Engines;

/// <summary>What an engine found for a netlist.</summary>
/// <param name="Engine">Name of the engine.</param>
/// <param name="Seconds">Wall time, seconds.</param>
/// <param name="Analyses">One result for each analysis of the netlist, in its order.</param>
public sealed record EngineResult(string Engine, double Seconds, IReadOnlyList<AnalysisResult> Analyses)
{
    /// <summary>What of a deck's text did not reach the engine or was run beyond its analyses, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
