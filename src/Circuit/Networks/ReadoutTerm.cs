namespace CircuitSim.Circuit.Networks;

/// <summary>What the current of one bit line adds to the sum of a neuron.</summary>
/// <param name="BitLine">Bit-line index from 0.</param>
/// <param name="PerAmp">Sum per ampere, 1/A, finite; negative for the second line of a differential pair or for a reference.</param>
public readonly record struct ReadoutTerm(int BitLine, double PerAmp);
