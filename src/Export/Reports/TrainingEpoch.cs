namespace CircuitSim.Export.Reports;

/// <summary>State of a training after one epoch.</summary>
public sealed record TrainingEpoch
{
    /// <summary>Epoch number from 1; 0 is the state before training.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean loss over the training data, or null when it was not computed or not finite.</summary>
    public required double? Loss { get; init; }

    /// <summary>Accuracy on the training data, percent, or null when it was not computed.</summary>
    public required double? TrainAccuracyPercent { get; init; }

    /// <summary>Accuracy on the test data, percent, or null when it was not computed.</summary>
    public required double? TestAccuracyPercent { get; init; }
}
