using CircuitSim.Mapping.Networks;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Phax;

/// <summary>A network fine-tuned through its circuit, and what its circuit did before and meanwhile.</summary>
public sealed record InTheLoopResult
{
    /// <summary>The fine-tuned network.</summary>
    public required TrainedNetwork Network { get; init; }

    /// <summary>Loss and accuracies of the circuit before fine-tuning, as epoch 0.</summary>
    public required EpochRecord Before { get; init; }

    /// <summary>Loss and accuracies of the circuit after each epoch.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }
}
