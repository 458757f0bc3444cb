namespace CircuitSim.Export.Reports;

/// <summary>Fine-tuning of the trained network through its exact circuit: what wires and loading cost before, and what was won back.</summary>
public sealed record InTheLoopTraining
{
    /// <summary>Accuracy of the behavioural network that fine-tuning began with, on the test data, percent.</summary>
    public required double BehaviouralTestAccuracyPercent { get; init; }

    /// <summary>Learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Wall-clock time, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The circuit's loss and accuracies; epoch 0 is the circuit of the network before fine-tuning.</summary>
    public required IReadOnlyList<TrainingEpoch> History { get; init; }
}
