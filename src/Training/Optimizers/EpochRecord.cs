namespace CircuitSim.Training.Optimizers;

/// <summary>State of training after an epoch.</summary>
/// <param name="Epoch">Epochs done, from 1.</param>
/// <param name="Loss">Mean loss over the training part.</param>
/// <param name="TrainAccuracy">Fraction of the training part that is classified right.</param>
/// <param name="TestAccuracy">Fraction of the test part that is classified right.</param>
public readonly record struct EpochRecord(int Epoch, double Loss, double TrainAccuracy, double TestAccuracy);
