namespace CircuitSim.Circuit.Engines;

/// <summary>Result of one analysis.</summary>
public abstract record AnalysisResult
{
    /// <summary>What the engine had to do beyond Newton's method to find a DC state on the way; none when it does not tell.</summary>
    public ConvergenceAid Aids { get; init; }
}
