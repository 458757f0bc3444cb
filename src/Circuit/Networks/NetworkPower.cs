namespace CircuitSim.Circuit.Networks;

/// <summary>Static power of a network circuit for one sample.</summary>
public sealed record NetworkPower
{
    /// <summary>Power delivered by the input sources, watts.</summary>
    public required double InputWatts { get; init; }

    /// <summary>Power that the rails deliver through the bias pairs of all layers, watts.</summary>
    public required double BiasWatts { get; init; }

    /// <summary>Power that the rails deliver through the inverters of each layer, watts, one entry a layer.</summary>
    public required IReadOnlyList<double> InverterWatts { get; init; }

    /// <summary>All of it, watts.</summary>
    public double TotalWatts => InputWatts + BiasWatts + InverterWatts.Sum();
}
