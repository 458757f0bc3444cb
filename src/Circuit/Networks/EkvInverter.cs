using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Networks;

/// <summary>A static CMOS inverter by its equations: an n-channel and a p-channel transistor, bulks tied to their rails.</summary>
public sealed record EkvInverter : InverterModel
{
    /// <summary>Transistor between output and negative rail.</summary>
    public required EkvParameters NChannel { get; init; }

    /// <summary>Transistor between positive rail and output.</summary>
    public required EkvParameters PChannel { get; init; }

    /// <inheritdoc/>
    public override InverterCurrent OutputCurrent(double inputVolts, double outputVolts, double supplyVolts)
    {
        double rail = supplyVolts / 2;
        EkvCurrent n = EkvTransistor.Evaluate(NChannel, outputVolts, inputVolts, -rail, -rail);
        EkvCurrent p = EkvTransistor.Evaluate(PChannel, outputVolts, inputVolts, rail, rail);
        return new InverterCurrent(
            -(n.DrainAmps + p.DrainAmps), -(n.PerGateVolt + p.PerGateVolt), -(n.PerDrainVolt + p.PerDrainVolt));
    }

    /// <inheritdoc/>
    public override double SupplyWatts(double inputVolts, double outputVolts, double supplyVolts)
    {
        double rail = supplyVolts / 2;
        EkvCurrent n = EkvTransistor.Evaluate(NChannel, outputVolts, inputVolts, -rail, -rail);
        EkvCurrent p = EkvTransistor.Evaluate(PChannel, outputVolts, inputVolts, rail, rail);
        return rail * (n.DrainAmps - p.DrainAmps);
    }

    internal override InverterCell Cell() => Cell(NodeNames.InverterSubcircuit);

    /// <summary>How decks define and call the inverter under a name of its own.</summary>
    internal InverterCell Cell(string subcircuit) => new(subcircuit, InverterCell.UsualOrder,
    [
        new SubcircuitDefinition(subcircuit, ["in", "out", NodeNames.PositiveRail, NodeNames.NegativeRail],
        [
            new EkvMosfet("bn", "out", "in", NodeNames.NegativeRail, NodeNames.NegativeRail, NChannel),
            new EkvMosfet("bp", "out", "in", NodeNames.PositiveRail, NodeNames.PositiveRail, PChannel),
        ]),
    ], []);

    internal static EkvInverter Shipped(string name, double pChannelKp) => new()
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
        SpecificCurrentAmps = 2 * 1.35 * kp * aspectRatio * EkvParameters.NominalThermalVolts * EkvParameters.NominalThermalVolts,
        IsPChannel = isPChannel,
    };
}
