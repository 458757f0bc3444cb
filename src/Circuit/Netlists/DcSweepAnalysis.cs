namespace CircuitSim.Circuit.Netlists;

/// <summary>A DC sweep of one source, or of two with the first varying fastest, <c>.dc</c>.</summary>
/// <param name="Inner">The sweep that varies fastest.</param>
/// <param name="Outer">The other sweep, or null.</param>
public sealed record DcSweepAnalysis(SourceSweep Inner, SourceSweep? Outer = null) : Analysis;
