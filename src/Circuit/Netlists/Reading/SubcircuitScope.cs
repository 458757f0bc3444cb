namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>A subcircuit with its parameters evaluated, inside the one in which it was defined.</summary>
/// <param name="Source">Its statements.</param>
/// <param name="Outer">The scope around it; null for the deck itself.</param>
/// <param name="Parameters">What its expressions see.</param>
/// <param name="UniqueName">Name of its definition in the netlist.</param>
/// <param name="Models">Its .model statements by name.</param>
internal sealed record SubcircuitScope(
    SubcircuitSource Source, SubcircuitScope? Outer, ParameterScope Parameters, string UniqueName, IReadOnlyDictionary<string, DeckLine> Models);
