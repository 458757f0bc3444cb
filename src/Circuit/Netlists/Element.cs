namespace CircuitSim.Circuit.Netlists;

/// <summary>One element of a netlist.</summary>
/// <param name="Name">Unique name; its first letter is the SPICE element letter.</param>
/// <param name="Nodes">Terminal nodes in SPICE order.</param>
public abstract record Element(string Name, IReadOnlyList<string> Nodes);
