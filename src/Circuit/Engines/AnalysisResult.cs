namespace CircuitSim.Circuit.Engines;

/// <summary>Result of one analysis.</summary>
public abstract record AnalysisResult
{
    /// <summary>What the engine had to do beyond Newton's method to find a DC state on the way; none when it does not tell.</summary>
    public ConvergenceAid Aids { get; init; }

    /// <summary>Numbers that the netlist's <c>.measure</c> statements take from this result; null for one whose event does not happen.</summary>
    public IReadOnlyDictionary<string, double?> Measures { get; init; } = new Dictionary<string, double?>();
}
