namespace CircuitSim.Circuit.Networks;

/// <summary>What a digital hidden neuron does with its sum z.</summary>
public enum ReadoutActivation
{
    /// <summary>1/(1 + e^−z).</summary>
    Sigmoid,

    /// <summary>tanh(z).</summary>
    Tanh,
}
