namespace CircuitSim.Circuit.Netlists;

/// <summary>One element of a netlist.</summary>
/// <param name="Name">Unique name; its first letter is the SPICE element letter.</param>
/// <param name="Nodes">Terminal nodes in SPICE order.</param>
public abstract record Element(string Name, IReadOnlyList<string> Nodes)
{
    /// <summary>True when the current through the element is an unknown of its own, which results hold.</summary>
    internal virtual bool HasBranch => false;

    /// <summary>The same element with another name at other nodes, as when a subcircuit is expanded.</summary>
    /// <param name="name">New name.</param>
    /// <param name="node">New name of a node.</param>
    /// <param name="source">New name of a source whose current the element reads.</param>
    internal abstract Element Renamed(string name, Func<string, string> node, Func<string, string> source);
}
