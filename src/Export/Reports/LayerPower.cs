namespace CircuitSim.Export.Reports;

/// <summary>Static power of one layer, mean over the checked samples: its crossbar and the inverters behind it.</summary>
/// <remarks>
/// Driver + bias = word-line wires + bit-line wires + source resistances + devices (the crossbar), and rails = inverters + output.
/// </remarks>
public sealed record LayerPower
{
    /// <summary>Layer number from 1, as in node names.</summary>
    public required int Layer { get; init; }

    /// <summary>Power turned to heat in the memristors, milliwatts, or null when it was not computed.</summary>
    public required double? DevicesMilliwatts { get; init; }

    /// <summary>Power turned to heat in the inverters: what they draw from the rails less what they deliver, milliwatts, or null when it was not computed.</summary>
    public required double? InvertersMilliwatts { get; init; }

    /// <summary>Heat in word-line segments, milliwatts, or null when it was not computed.</summary>
    public double? WordLineWiresMilliwatts { get; init; }

    /// <summary>Heat in bit-line segments, milliwatts, or null when it was not computed.</summary>
    public double? BitLineWiresMilliwatts { get; init; }

    /// <summary>Heat in the resistances between sources and word lines, and in shorts between lines, milliwatts, or null when it was not computed.</summary>
    public double? SourceResistancesMilliwatts { get; init; }

    /// <summary>Delivered into the crossbar by the inputs (first layer) or by the inverters of the layer before, milliwatts, or null when it was not computed.</summary>
    public double? DriverMilliwatts { get; init; }

    /// <summary>Delivered into the crossbar by the bias pair, which is the rails, milliwatts, or null when it was not computed.</summary>
    public double? BiasMilliwatts { get; init; }

    /// <summary>Delivered by the rails into the layer's inverters, milliwatts, or null when it was not computed.</summary>
    public double? RailsMilliwatts { get; init; }

    /// <summary>Delivered by the layer's inverters to the next crossbar, milliwatts, or null when it was not computed.</summary>
    public double? OutputMilliwatts { get; init; }

    /// <summary>Current from the positive rail into the layer's inverters, microamperes, or null when it was not computed.</summary>
    public double? PositiveRailMicroamps { get; init; }

    /// <summary>Current from the layer's inverters into the negative rail, microamperes, or null when it was not computed.</summary>
    public double? NegativeRailMicroamps { get; init; }
}
