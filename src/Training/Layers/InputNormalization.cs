namespace CircuitSim.Training.Layers;

/// <summary>What is done to pixels, numbers from 0 to 1, before the first layer: (pixel − mean) / deviation.</summary>
/// <param name="Mean">Mean of each channel.</param>
/// <param name="Deviation">Standard deviation of each channel, above 0.</param>
public sealed record InputNormalization(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation);
