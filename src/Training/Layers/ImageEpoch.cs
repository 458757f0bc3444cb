namespace CircuitSim.Training.Layers;

/// <summary>State of training after an epoch.</summary>
/// <param name="Epoch">Epochs done, from 1.</param>
/// <param name="TrainingLoss">Mean loss over the steps of the epoch.</param>
/// <param name="TrainingAccuracy">Share of augmented training images that were classified right during the epoch.</param>
/// <param name="TestAccuracy">Share of test images that are classified right after the epoch, on the arrays that were trained for, without programming errors.</param>
public sealed record ImageEpoch(int Epoch, double TrainingLoss, double TrainingAccuracy, double TestAccuracy);
