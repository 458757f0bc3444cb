namespace CircuitSim.Circuit.Netlists;

/// <summary>A subcircuit: ports and the elements between them. Its other nodes are local.</summary>
/// <param name="Name">Name of the definition.</param>
/// <param name="Ports">Port nodes in calling order.</param>
/// <param name="Elements">Elements of the body.</param>
public sealed record SubcircuitDefinition(string Name, IReadOnlyList<string> Ports, IReadOnlyList<Element> Elements);
