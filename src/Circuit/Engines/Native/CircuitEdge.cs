namespace CircuitSim.Circuit.Engines.Native;

/// <summary>An element as a tie between two nodes.</summary>
/// <param name="Kind">How it ties them.</param>
/// <param name="Element">Name of the element.</param>
/// <param name="From">One node.</param>
/// <param name="To">The other node.</param>
internal readonly record struct CircuitEdge(EdgeKind Kind, string Element, string From, string To);
