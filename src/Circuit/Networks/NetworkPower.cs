namespace CircuitSim.Circuit.Networks;

/// <summary>Static power of a network circuit for one sample.</summary>
public sealed record NetworkPower
{
    /// <summary>Layers from input to output.</summary>
    public required IReadOnlyList<LayerWatts> Layers { get; init; }

    /// <summary>Power delivered by the input sources, watts.</summary>
    public double InputWatts => Layers[0].DriverWatts;

    /// <summary>Power that the rails deliver through the bias pairs of all layers, watts.</summary>
    public double BiasWatts => Layers.Sum(layer => layer.BiasWatts);

    /// <summary>All that sources deliver, watts: inputs, and rails through bias pairs and inverters.</summary>
    public double TotalWatts => InputWatts + BiasWatts + Layers.Sum(layer => layer.RailWatts);

    /// <summary>All that becomes heat, watts; by Tellegen's theorem equal to <see cref="TotalWatts"/> up to the solver's error.</summary>
    public double HeatWatts => Layers.Sum(layer => layer.HeatWatts);

    /// <summary>Current that the positive rail delivers, amperes.</summary>
    public double PositiveRailAmps => Layers.Sum(layer => layer.PositiveRailAmps + layer.PositiveBiasAmps);

    /// <summary>Current that the negative rail takes, amperes.</summary>
    public double NegativeRailAmps => Layers.Sum(layer => layer.NegativeRailAmps + layer.NegativeBiasAmps);
}
