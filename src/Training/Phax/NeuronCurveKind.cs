namespace CircuitSim.Training.Phax;

/// <summary>What a neuron is taken for while training.</summary>
public enum NeuronCurveKind
{
    /// <summary>A tanh fitted to the inverter's transfer curve, as PHAX does.</summary>
    Tanh,

    /// <summary>The inverter's transfer curve itself, tabulated.</summary>
    Table,
}
