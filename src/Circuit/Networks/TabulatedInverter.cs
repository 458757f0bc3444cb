using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Networks;

/// <summary>An inverter by tables of its output and supply current over input and output voltage, taken from any circuit at one supply.</summary>
public sealed record TabulatedInverter : InverterModel
{
    /// <summary>Supply at which the tables were taken, volts; the rails are at plus and minus half of it.</summary>
    public required double SupplyVolts { get; init; }

    /// <summary>Current delivered into the output node.</summary>
    public required TwoPortTable OutputAmps { get; init; }

    /// <summary>Current taken from the positive rail.</summary>
    public required TwoPortTable PositiveRailAmps { get; init; }

    /// <summary>Largest difference found between transfer curves from the table and from the circuit itself, volts.</summary>
    public required double InterpolationErrorVolts { get; init; }

    /// <summary>The circuit behind the table, or null when only the table is known.</summary>
    public InverterDefinition? Definition { get; init; }

    /// <inheritdoc/>
    public override InverterCurrent OutputCurrent(double inputVolts, double outputVolts, double supplyVolts) =>
        OutputAmps.At(inputVolts, outputVolts);

    /// <inheritdoc/>
    public override double SupplyWatts(double inputVolts, double outputVolts, double supplyVolts)
    {
        // What enters from the positive rail leaves through the output or into the negative rail; the input takes nothing.
        double output = OutputAmps.At(inputVolts, outputVolts).Amps, positive = PositiveRailAmps.At(inputVolts, outputVolts).Amps;
        return supplyVolts / 2 * (2 * positive - output);
    }

    /// <summary>Resistance that the output shows at a bias, −1/(∂I/∂V_out).</summary>
    /// <param name="inputVolts">Input voltage, volts.</param>
    /// <param name="outputVolts">Output voltage, volts.</param>
    /// <returns>Ohms.</returns>
    public double OutputOhms(double inputVolts, double outputVolts) => -1 / OutputAmps.At(inputVolts, outputVolts).PerOutputVolt;

    /// <inheritdoc/>
    public override string? SupplyViolation(double supplyVolts) => Math.Abs(supplyVolts - SupplyVolts) <= 1e-12 * SupplyVolts
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"Supply is {supplyVolts:R} V, but inverter '{Name}' was characterised at {SupplyVolts:R} V; characterise it again with --supply {supplyVolts:R}.");

    internal override double CurveErrorVolts => Math.Max(base.CurveErrorVolts, InterpolationErrorVolts);

    internal override InverterCell Cell()
    {
        if (Definition is null)
        {
            throw new InvalidDesignException($"Inverter '{Name}'",
                ["It is known as a table only, which no deck can hold; put it into a subcircuit with a port for each rail and characterise that one."]);
        }

        const string instance = "xcell";
        string deck = $"inverter\n{string.Join('\n', Definition.Lines)}\n{instance} a b c d {Definition.Subcircuit}\n.end\n";
        try
        {
            Netlist netlist = SpiceParser.Parse(deck, Name).Netlist;
            string called = netlist.Elements.OfType<SubcircuitCall>().Single(c => c.Name == instance).Subcircuit;
            return new InverterCell(called, Definition.Ports, netlist.Subcircuits, []);
        }
        catch (DeckSyntaxException)
        {
            // Foundry models: the statements go into decks as they are, for simulators that know them.
            return new InverterCell(Definition.Subcircuit, Definition.Ports, [], Definition.Lines);
        }
    }
}
