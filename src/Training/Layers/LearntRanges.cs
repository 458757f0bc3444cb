namespace CircuitSim.Training.Layers;

/// <summary>ADC ranges that training found, for arrays of one size.</summary>
/// <param name="ArrayInputs">Word lines of an array.</param>
/// <param name="ArrayOutputs">Logical columns of an array.</param>
/// <param name="Shares">Range of each array over the calibrated one, above 0 and at most 1: matrix after matrix, arrays in the order of <see cref="Mapping.Tiles.TilePlan.Tiles"/>.</param>
public sealed record LearntRanges(int ArrayInputs, int ArrayOutputs, IReadOnlyList<float> Shares);
