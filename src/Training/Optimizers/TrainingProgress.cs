namespace CircuitSim.Training.Optimizers;

/// <summary>Report after each epoch.</summary>
/// <param name="Record">State after the epoch.</param>
/// <param name="EpochCount">Epochs asked for.</param>
public readonly record struct TrainingProgress(EpochRecord Record, int EpochCount);
