using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Variation;

namespace CircuitSim.Mapping;

/// <summary>What mapping needs beside the network and the device: the inverter, the wires, and what to do outside the window.</summary>
public sealed record MappingOptions
{
    /// <summary>Inverter of every neuron.</summary>
    public required InverterModel Inverter { get; init; }

    /// <summary>Wire between neighbouring cross-points of a word line, ohms, at least 0.</summary>
    public double WordLineSegmentOhms { get; init; }

    /// <summary>Wire between neighbouring cross-points of a bit line, ohms, at least 0.</summary>
    public double BitLineSegmentOhms { get; init; }

    /// <summary>Resistance between each source, or inverter output, and its word line, ohms, at least 0.</summary>
    public double SourceOhms { get; init; }

    /// <summary>Where in the window the devices of a neuron sit.</summary>
    public NeuronScale Scale { get; init; } = NeuronScale.Lowest;

    /// <summary>What happens to a conductance outside the window.</summary>
    public OutOfRange OutOfRange { get; init; } = OutOfRange.Reject;
}
