using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Baseline;

/// <summary>How an unconstrained network of the same shape did.</summary>
public sealed record TanhBaselineResult
{
    /// <summary>Loss and accuracies after each epoch.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>State after the last epoch.</summary>
    public EpochRecord Final => History[^1];
}
