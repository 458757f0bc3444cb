namespace CircuitSim.Training.Layers;

/// <summary>How far training is.</summary>
/// <param name="Epoch">Epoch at work, from 1.</param>
/// <param name="EpochCount">Epochs asked for.</param>
/// <param name="Fraction">Share of all steps that are done.</param>
/// <param name="Loss">Mean loss of the epoch so far.</param>
/// <param name="SecondsLeft">Time left at the present speed, seconds.</param>
public readonly record struct ImageTrainingProgress(int Epoch, int EpochCount, double Fraction, double Loss, double SecondsLeft);
