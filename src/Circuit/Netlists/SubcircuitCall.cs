namespace CircuitSim.Circuit.Netlists;

/// <summary>An instance of a subcircuit.</summary>
/// <param name="Name">Name, beginning with x.</param>
/// <param name="Nodes">Nodes connected to the definition's ports, in their order.</param>
/// <param name="Subcircuit">Name of the definition.</param>
public sealed record SubcircuitCall(string Name, IReadOnlyList<string> Nodes, string Subcircuit) : Element(Name, Nodes)
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new SubcircuitCall(name, [.. Nodes.Select(node)], Subcircuit);
}
