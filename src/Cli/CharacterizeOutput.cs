using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Characterization;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Characterization;
using CircuitSim.Export.Reports;

namespace CircuitSim.Cli;

/// <summary>Prints a characterised inverter: one JSON document, or text with one row a load and one row an input voltage.</summary>
internal static class CharacterizeOutput
{
    private const int Rows = 41;

    internal static void WriteJson(TextWriter output, InverterCharacterization result, IReadOnlyList<string> files)
    {
        TabulatedInverter inverter = result.Inverter;
        double[] input = Inputs(inverter, 101);
        output.Write(JsonSerializer.Serialize(new
        {
            schemaVersion = 1,
            name = inverter.Name,
            engine = result.Engine,
            supplyVolts = inverter.SupplyVolts,
            pointCount = inverter.OutputAmps.PointCount,
            interpolationErrorVolts = inverter.InterpolationErrorVolts,
            largestInputAmps = result.LargestInputAmps,
            canBeExported = inverter.Definition is not null,
            inputVolts = input,
            loads = result.Loads.Select(load => new
            {
                loadOhms = load.LoadOhms,
                switchingVolts = load.SwitchingVolts,
                gain = load.Gain,
                highVolts = load.HighVolts,
                lowVolts = load.LowVolts,
                highOutputOhms = load.HighOutputOhms,
                switchingOutputOhms = load.SwitchingOutputOhms,
                lowOutputOhms = load.LowOutputOhms,
                errorVolts = load.ErrorVolts,
                tanh = load.Fit is not { } fit ? null : new
                {
                    offsetVolts = fit.OffsetVolts,
                    amplitudeVolts = fit.AmplitudeVolts,
                    centreVolts = fit.CentreVolts,
                    gainPerVolt = fit.GainPerVolt,
                    residualVolts = fit.ResidualVolts,
                    worstResidualVolts = fit.WorstResidualVolts,
                },
                outputVolts = input.Select(v => load.Curve.OutputVolts(v)),
                outputOhms = input.Select(v => inverter.OutputOhms(v, load.Curve.OutputVolts(v))),
            }),
            files,
        }, FidelityJson.Options) + "\n");
    }

    internal static void WriteText(TextWriter output, InverterCharacterization result, IReadOnlyList<string> files)
    {
        TabulatedInverter inverter = result.Inverter;
        int points = inverter.OutputAmps.PointCount;
        Line(output, $"{inverter.Name}: supply {inverter.SupplyVolts} V, solved by {result.Engine}; table of {points} x {points} voltages");
        Line(output, $"transfer curves from the table are within {inverter.InterpolationErrorVolts:G3} V of the circuit; the input takes up to {result.LargestInputAmps:G3} A");
        if (inverter.Definition is null) Line(output, $"known as a table only: networks with it can be solved, not exported");
        Line(output, $"\n{"load",-9} {"switch mV",10} {"gain",9} {"high mV",10} {"low mV",10} {"R high",9} {"R switch",9} {"R low ohm",9}   tanh c1 c2 c3 (V), c4 (1/V), rms mV");
        foreach (InverterLoadPoint load in result.Loads)
        {
            string fit = load.Fit is { } f
                ? string.Create(CultureInfo.InvariantCulture, $"{f.OffsetVolts:F6} {f.AmplitudeVolts:F6} {f.CentreVolts:F6} {f.GainPerVolt:F3} {1e3 * f.ResidualVolts:F3}")
                : "no tanh";
            Line(output, $"{InverterFigure.LoadName(load.LoadOhms),-9} {1e3 * load.SwitchingVolts,10:F4} {load.Gain,9:F3} {1e3 * load.HighVolts,10:F4} {1e3 * load.LowVolts,10:F4} {load.HighOutputOhms,9:G4} {load.SwitchingOutputOhms,9:G4} {load.LowOutputOhms,9:G4}   {fit}");
        }

        output.Write("\ninput mV   output mV, output resistance in ohms, by load\n");
        output.Write($"{"",9}{string.Concat(result.Loads.Select(l => $"{InverterFigure.LoadName(l.LoadOhms),24}"))}\n");
        foreach (double v in Inputs(inverter, Rows))
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{1e3 * v,9:F3}"));
            foreach (InverterLoadPoint load in result.Loads)
            {
                double volts = load.Curve.OutputVolts(v);
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{1e3 * volts,13:F6} {inverter.OutputOhms(v, volts),10:G4}"));
            }

            output.Write("\n");
        }

        foreach (string file in files) output.Write($"{(file == files[0] ? "\n" : "")}written: {file}\n");
    }

    private static double[] Inputs(TabulatedInverter inverter, int count) =>
        [.. Enumerable.Range(0, count).Select(i => inverter.SupplyVolts * ((double)i / (count - 1) - 0.5))];

    private static void Line(TextWriter output, FormattableString text) => output.Write(text.ToString(CultureInfo.InvariantCulture) + "\n");
}
