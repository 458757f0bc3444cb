using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Optimizers;

/// <summary>How long and how training runs; a network and its baseline get the same one.</summary>
public sealed record TrainingSchedule
{
    /// <summary>Optimiser.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Learning rate, positive; L-BFGS finds its own steps and does not use it.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Fraction of the last step that <see cref="OptimizerKind.Momentum"/> keeps, at least 0 and below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Samples a mini-batch, at least 1; the last batch of an epoch takes what is left. L-BFGS takes all samples.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Passes over the training part, at least 1.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Seed of initial weights and of the order of samples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The same schedule for so many samples: a batch takes no more memory than there are samples.</summary>
    internal TrainingSchedule For(int sampleCount) => this with { BatchSize = Math.Min(BatchSize, Math.Max(sampleCount, 1)) };

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="InvalidDesignException">Values are out of range; all violations are listed.</exception>
    internal void Check()
    {
        var violations = new List<string>();
        if (!Enum.IsDefined(Optimizer)) violations.Add($"Optimiser {(int)Optimizer} is unknown; choose {string.Join(", ", Enum.GetNames<OptimizerKind>())}.");
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Learning rate is {LearningRate:R}; it must be positive."));
        if (!(Momentum >= 0 && Momentum < 1))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Momentum is {Momentum:R}; it must be at least 0 and below 1."));
        if (BatchSize < 1) violations.Add($"Batch size is {BatchSize}; at least 1 is needed.");
        if (Epochs < 1) violations.Add($"{Epochs} epochs; at least 1 is needed.");
        if (violations.Count > 0) throw new InvalidDesignException("Training schedule", violations);
    }
}
