namespace CircuitSim.Training.Data;

/// <summary>Images to train with and images to judge with, as their authors split them.</summary>
/// <param name="Training">Images to train with.</param>
/// <param name="Test">Images to judge with.</param>
public sealed record ImageSplit(LabelledImages Training, LabelledImages Test);
