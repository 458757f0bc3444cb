using CircuitSim.Mapping.Networks;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Phax;

/// <summary>A trained PHAX network and how it came about.</summary>
public sealed record PhaxTrainingResult
{
    /// <summary>θ of every device, ready to be mapped.</summary>
    public required TrainedNetwork Network { get; init; }

    /// <summary>The neuron curves it was trained with, one a layer.</summary>
    public required IReadOnlyList<INeuronCurve> Curves { get; init; }

    /// <summary>How features become input voltages.</summary>
    public required FeatureScaling Scaling { get; init; }

    /// <summary>Loss and accuracies after each epoch.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>State after the last epoch.</summary>
    public EpochRecord Final => History[^1];
}
