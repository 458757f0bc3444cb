namespace CircuitSim.Circuit.Networks;

/// <summary>Solved voltages of one layer of inverter neurons for a batch of samples.</summary>
public sealed record LayerOperatingPoint
{
    /// <summary>Neurons of the layer.</summary>
    public required int NeuronCount { get; init; }

    /// <summary>Bit-line ends, which are the gates of the first inverters, volts, row-major [sample, neuron].</summary>
    public required ReadOnlyMemory<double> GateVolts { get; init; }

    /// <summary>Outputs of the first, inverting, inverters, volts, row-major [sample, neuron].</summary>
    public required ReadOnlyMemory<double> InvertedVolts { get; init; }

    /// <summary>Outputs of the second inverters, volts, row-major [sample, neuron].</summary>
    public required ReadOnlyMemory<double> RestoredVolts { get; init; }
}
