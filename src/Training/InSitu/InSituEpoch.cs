namespace CircuitSim.Training.InSitu;

/// <summary>Losses and accuracies after one pass over the training part; epoch 0 is before the first.</summary>
/// <param name="Epoch">Passes done.</param>
/// <param name="TrainingLoss">Mean over outputs and training samples.</param>
/// <param name="ValidationLoss">Mean over outputs and validation samples.</param>
/// <param name="TrainingAccuracy">Fraction of training samples classified rightly.</param>
/// <param name="ValidationAccuracy">Fraction of validation samples classified rightly.</param>
/// <param name="TestAccuracy">Fraction of test samples classified rightly.</param>
public readonly record struct InSituEpoch(
    int Epoch, double TrainingLoss, double ValidationLoss, double TrainingAccuracy, double ValidationAccuracy, double TestAccuracy);
