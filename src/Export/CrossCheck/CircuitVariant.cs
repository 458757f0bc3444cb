using CircuitSim.Circuit.Networks;

namespace CircuitSim.Export.CrossCheck;

/// <summary>A design with one more of a chip's effects switched on: a rung of the attribution.</summary>
/// <param name="Name">The effect in a few words, for example <c>+ programming</c>.</param>
/// <param name="Description">What it is, one sentence.</param>
/// <param name="Circuit">The circuit with this effect and those before it.</param>
public sealed record CircuitVariant(string Name, string Description, NetworkCircuit Circuit);
