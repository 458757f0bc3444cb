namespace CircuitSim.Mapping.Variation;

/// <summary>Where in the device's window the devices of a neuron sit: normalised pairs fix only their ratios.</summary>
public enum NeuronScale
{
    /// <summary>A weight of −∞ sits at the lower end of the window, for every neuron: the lightest load.</summary>
    Lowest,

    /// <summary>Each neuron by itself, for the least expected error from programming, loading and wires; see <see cref="NeuronScaling"/>.</summary>
    LeastError,
}
