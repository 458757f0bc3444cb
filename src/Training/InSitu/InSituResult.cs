namespace CircuitSim.Training.InSitu;

/// <summary>A network trained in situ: its history, its devices, and the first updates of its first layer.</summary>
public sealed record InSituResult
{
    /// <summary>Losses and accuracies, from epoch 0 (before training) to the last.</summary>
    public required IReadOnlyList<InSituEpoch> History { get; init; }

    /// <summary>The trained network with its devices.</summary>
    public required InSituNetwork Network { get; init; }

    /// <summary>Requested changes of the first updates of the first layer, normalised conductance; half the difference of a pair.</summary>
    public required IReadOnlyList<double> TargetUpdates { get; init; }

    /// <summary>The changes that the devices made, before limits, in the same order.</summary>
    public required IReadOnlyList<double> RealUpdates { get; init; }

    /// <summary>Numbers after the last epoch.</summary>
    public InSituEpoch Final => History[^1];
}
