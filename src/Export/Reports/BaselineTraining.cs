namespace CircuitSim.Export.Reports;

/// <summary>An unconstrained software network of the same shape, trained on the same data: what the circuit's constraints cost.</summary>
public sealed record BaselineTraining
{
    /// <summary>What the network is, for example <c>unconstrained tanh network</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Final accuracy on the training data, percent.</summary>
    public required double TrainAccuracyPercent { get; init; }

    /// <summary>Final accuracy on the test data, percent.</summary>
    public required double TestAccuracyPercent { get; init; }

    /// <summary>Wall-clock time, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Course of the training, epochs rising.</summary>
    public required IReadOnlyList<TrainingEpoch> History { get; init; }
}
