namespace CircuitSim.Training.Bayesian;

/// <summary>Samples whose highest probability lies in one interval.</summary>
/// <param name="From">Lower end of the interval.</param>
/// <param name="To">Upper end of the interval.</param>
/// <param name="Count">Samples in it.</param>
/// <param name="MeanConfidence">Mean of their highest probabilities; NaN when there is no sample.</param>
/// <param name="Accuracy">Share of them that is right; NaN when there is no sample.</param>
public readonly record struct ReliabilityBin(double From, double To, int Count, double MeanConfidence, double Accuracy);
