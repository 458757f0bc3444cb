using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Networks;

/// <summary>A static CMOS inverter between two rails: an n-channel and a p-channel transistor, bulks tied to their rails.</summary>
public sealed record InverterModel
{
    /// <summary>Name by which experiments, decks and reports call it.</summary>
    public required string Name { get; init; }

    /// <summary>Transistor between output and negative rail.</summary>
    public required EkvParameters NChannel { get; init; }

    /// <summary>Transistor between positive rail and output.</summary>
    public required EkvParameters PChannel { get; init; }

    /// <summary>Symmetric set: both transistors equally strong, switching point at mid-rail.</summary>
    public static InverterModel EkvSym { get; } = Create("ekv-sym", 270e-6);

    /// <summary>Set fitted to the 90-nm low-threshold inverters of PHAX (size 5, 0.5 V supply): the p-channel is weaker.</summary>
    /// <remarks>Target of the fit: tanh coefficients of the first authors' HSPICE data, c = (−0.0012, −0.2483, −0.0235, 31.7581).</remarks>
    public static InverterModel EkvPhax90 { get; } = Create("ekv-phax90", 100e-6);

    /// <summary>Names of the inverters that ship, in the order to show them.</summary>
    public static IReadOnlyList<string> ShippedNames { get; } = [EkvSym.Name, EkvPhax90.Name];

    /// <summary>Finds a shipped inverter.</summary>
    /// <param name="name">One of <see cref="ShippedNames"/>.</param>
    /// <returns>The inverter, or null when no inverter of that name ships.</returns>
    public static InverterModel? Find(string name) => name switch
    {
        "ekv-sym" => EkvSym,
        "ekv-phax90" => EkvPhax90,
        _ => null,
    };

    /// <summary>Current that the inverter delivers into its output node, and its derivatives.</summary>
    /// <param name="inputVolts">Gate voltage, volts.</param>
    /// <param name="outputVolts">Output voltage, volts.</param>
    /// <param name="supplyVolts">Supply, volts; the rails are at plus and minus half of it.</param>
    /// <returns>Current out of the inverter, amperes, with its derivatives to input and output, siemens (both negative in normal operation).</returns>
    public InverterCurrent OutputCurrent(double inputVolts, double outputVolts, double supplyVolts)
    {
        double rail = supplyVolts / 2;
        EkvCurrent n = EkvTransistor.Evaluate(NChannel, outputVolts, inputVolts, -rail, -rail);
        EkvCurrent p = EkvTransistor.Evaluate(PChannel, outputVolts, inputVolts, rail, rail);
        return new InverterCurrent(
            -(n.DrainAmps + p.DrainAmps), -(n.PerGateVolt + p.PerGateVolt), -(n.PerDrainVolt + p.PerDrainVolt));
    }

    /// <summary>Power that the rails deliver through the inverter, P = Vdd/2·(I from the positive rail + I into the negative rail).</summary>
    /// <param name="inputVolts">Gate voltage, volts.</param>
    /// <param name="outputVolts">Output voltage, volts.</param>
    /// <param name="supplyVolts">Supply, volts; the rails are at plus and minus half of it.</param>
    /// <returns>Watts; what the output delivers to its load is included.</returns>
    public double SupplyWatts(double inputVolts, double outputVolts, double supplyVolts)
    {
        double rail = supplyVolts / 2;
        EkvCurrent n = EkvTransistor.Evaluate(NChannel, outputVolts, inputVolts, -rail, -rail);
        EkvCurrent p = EkvTransistor.Evaluate(PChannel, outputVolts, inputVolts, rail, rail);
        return rail * (n.DrainAmps - p.DrainAmps);
    }

    private static InverterModel Create(string name, double pChannelKp) => new()
    {
        Name = name,
        NChannel = Transistor(450e-6, 6, false),
        PChannel = Transistor(pChannelKp, 10, true),
    };

    private static EkvParameters Transistor(double kp, double aspectRatio, bool isPChannel) => new()
    {
        ThresholdVolts = 0.25,
        SlopeFactor = 1.35,
        BarrierLowering = 0.122,
        SpecificCurrentAmps = 2 * 1.35 * kp * aspectRatio * EkvParameters.ThermalVolts * EkvParameters.ThermalVolts,
        IsPChannel = isPChannel,
    };
}
