namespace CircuitSim.Export.Reports;

/// <summary>How the network was trained.</summary>
public sealed record TrainingSummary
{
    /// <summary>Training method, for example <c>phax</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Optimizer, for example <c>adam</c>.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Learning rate at the start.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Samples per update.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Number of passes over the training data.</summary>
    public required int EpochCount { get; init; }

    /// <summary>Name of the loss.</summary>
    public required string LossName { get; init; }

    /// <summary>Wall-clock time, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Course of the training, epochs rising.</summary>
    public required IReadOnlyList<TrainingEpoch> History { get; init; }

    /// <summary>Fine-tuning through the circuit that followed, or null when there was none.</summary>
    public InTheLoopTraining? InTheLoop { get; init; }
}
