namespace CircuitSim.Training.Phax;

/// <summary>Voltages of one layer in the behavioural model, each row-major [sample, neuron].</summary>
public sealed record BehaviouralLayer
{
    /// <summary>Neurons of the layer.</summary>
    public required int NeuronCount { get; init; }

    /// <summary>Gate voltages, volts.</summary>
    public required ReadOnlyMemory<double> GateVolts { get; init; }

    /// <summary>Outputs <c>n</c> of the first, inverting, inverters, volts.</summary>
    public required ReadOnlyMemory<double> InvertedVolts { get; init; }

    /// <summary>Outputs <c>p</c> of the second inverters, volts.</summary>
    public required ReadOnlyMemory<double> RestoredVolts { get; init; }
}
