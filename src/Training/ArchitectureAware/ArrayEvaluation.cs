namespace CircuitSim.Training.ArchitectureAware;

/// <summary>How a network on arrays did.</summary>
/// <param name="Accuracy">Share of images that are classified right.</param>
/// <param name="Loss">Mean softmax cross-entropy.</param>
/// <param name="ImageCount">Images.</param>
/// <param name="ConversionCount">Partial sums that ADCs converted.</param>
/// <param name="ClippedCount">Those of them that lay beyond the ADC's range.</param>
public sealed record ArrayEvaluation(double Accuracy, double Loss, int ImageCount, long ConversionCount, long ClippedCount);
