namespace CircuitSim.Circuit.Errors;

/// <summary>The circuit's graph has no unique solution: a floating node, a loop of voltage sources or a cutset of current sources.</summary>
public sealed class TopologyException : CircuitSimException
{
    /// <summary>Creates the error for the nodes that cause it.</summary>
    /// <param name="problem">What is wrong and what to do.</param>
    /// <param name="nodes">Names of the nodes concerned.</param>
    public TopologyException(string problem, IReadOnlyList<string> nodes)
        : base(problem) => Nodes = nodes;

    /// <summary>Names of the nodes concerned.</summary>
    public IReadOnlyList<string> Nodes { get; }
}
