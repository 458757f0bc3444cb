namespace CircuitSim.Mapping.Tiles;

/// <summary>The part of a layer that one array holds.</summary>
/// <param name="FirstInput">First input, from 0.</param>
/// <param name="InputCount">Inputs.</param>
/// <param name="FirstOutput">First output, from 0.</param>
/// <param name="OutputCount">Outputs.</param>
public sealed record Tile(int FirstInput, int InputCount, int FirstOutput, int OutputCount);
