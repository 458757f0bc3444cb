namespace CircuitSim.Export.Attribution;

/// <summary>How strongly the class margin follows the gate of one neuron: an offset of its inverters, referred to the input.</summary>
public sealed record NeuronSensitivity
{
    /// <summary>Gate as in decks, for example <c>l1_g34</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Layer number from 1.</summary>
    public required int Layer { get; init; }

    /// <summary>Mean over samples of |dM/dV| of the gate, millivolts per millivolt.</summary>
    public required double MillivoltsPerMillivolt { get; init; }
}
