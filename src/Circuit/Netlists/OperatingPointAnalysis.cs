namespace CircuitSim.Circuit.Netlists;

/// <summary>The DC operating point, <c>.op</c>.</summary>
public sealed record OperatingPointAnalysis : Analysis;
