namespace CircuitSim.Circuit.Engines;

/// <summary>Result of one analysis.</summary>
public abstract record AnalysisResult;
