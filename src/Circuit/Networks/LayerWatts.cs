namespace CircuitSim.Circuit.Networks;

/// <summary>Static power of one layer for one sample: its crossbar and the inverters behind it.</summary>
/// <remarks>
/// Crossbar: <see cref="DriverWatts"/> + <see cref="BiasWatts"/> become heat in devices, lines, source resistances and shorts. Inverters: what
/// <see cref="RailWatts"/> bring becomes <see cref="InverterWatts"/> or goes on as the next layer's <see cref="DriverWatts"/>.
/// </remarks>
public sealed record LayerWatts
{
    /// <summary>Delivered into the word lines by the inputs (first layer) or by the inverters of the layer before, watts.</summary>
    public required double DriverWatts { get; init; }

    /// <summary>Delivered by the rails into the bias pair, watts.</summary>
    public required double BiasWatts { get; init; }

    /// <summary>Delivered by the rails into the layer's inverters, watts.</summary>
    public required double RailWatts { get; init; }

    /// <summary>Heat in memristors, watts.</summary>
    public required double DeviceWatts { get; init; }

    /// <summary>Heat in word-line segments, watts.</summary>
    public required double WordLineWatts { get; init; }

    /// <summary>Heat in bit-line segments, watts.</summary>
    public required double BitLineWatts { get; init; }

    /// <summary>Heat in the resistances between sources and word lines, watts.</summary>
    public required double SourceResistanceWatts { get; init; }

    /// <summary>Heat in shorts between neighbouring lines, watts.</summary>
    public required double ShortWatts { get; init; }

    /// <summary>Heat in the layer's inverters, watts: what the rails bring less what the outputs deliver.</summary>
    public required double InverterWatts { get; init; }

    /// <summary>Current from the positive rail into the layer's inverters, amperes.</summary>
    public required double PositiveRailAmps { get; init; }

    /// <summary>Current from the layer's inverters into the negative rail, amperes.</summary>
    public required double NegativeRailAmps { get; init; }

    /// <summary>Current from the positive rail into the bias line at +Vdd/2, amperes.</summary>
    public required double PositiveBiasAmps { get; init; }

    /// <summary>Current from the bias line at −Vdd/2 into the negative rail, amperes.</summary>
    public required double NegativeBiasAmps { get; init; }

    /// <summary>Heat in everything of the layer, watts.</summary>
    public double HeatWatts => DeviceWatts + WordLineWatts + BitLineWatts + SourceResistanceWatts + ShortWatts + InverterWatts;
}
