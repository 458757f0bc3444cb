using CircuitSim.Circuit.Characterization;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Characterization;

/// <summary>Draws the transfer curves of a characterised inverter: open, under each load, and the tanh fit of the open one.</summary>
public static class InverterFigure
{
    private const int PointCount = 201;

    /// <summary>Makes the chart.</summary>
    /// <param name="characterization">The inverter.</param>
    /// <returns>A line chart in millivolts from mid-rail.</returns>
    public static LineChart Chart(InverterCharacterization characterization)
    {
        ArgumentNullException.ThrowIfNull(characterization);
        double supply = characterization.Inverter.SupplyVolts;
        double[] input = [.. Enumerable.Range(0, PointCount).Select(i => supply * ((double)i / (PointCount - 1) - 0.5))];
        double[] inputMillivolts = [.. input.Select(v => 1e3 * v)];
        var series = new List<LineSeries>();
        foreach (InverterLoadPoint load in characterization.Loads.Take(SvgFigure.PaletteSize - 1))
            series.Add(Line(LoadName(load.LoadOhms), [.. input.Select(v => 1e3 * load.Curve.OutputVolts(v))], series.Count, false));
        if (characterization.Loads[0].Fit is { } fit)
        {
            series.Add(Line("tanh fit, open",
                [.. input.Select(v => 1e3 * (fit.OffsetVolts + fit.AmplitudeVolts * Math.Tanh((v - fit.CentreVolts) * fit.GainPerVolt)))],
                series.Count, true));
        }

        return new LineChart
        {
            Heading = new FigureHeading
            {
                Title = $"Transfer curves of {characterization.Inverter.Name}",
                Description = "Output over input voltage, both from the middle of the rails, with the output open and under resistive loads.",
            },
            XAxis = new FigureAxis { Label = "Input", Unit = "mV" },
            YAxis = new FigureAxis { Label = "Output", Unit = "mV" },
            Series = series,
        };

        LineSeries Line(string name, double[] values, int colour, bool isDashed) =>
            new() { Name = name, XValues = inputMillivolts, YValues = values, ColourIndex = colour, IsDashed = isDashed };
    }

    /// <summary>A load as text.</summary>
    /// <param name="ohms">Ohms, or null for none.</param>
    /// <returns>For example <c>open</c> or <c>1 MΩ</c>.</returns>
    public static string LoadName(double? ohms) => ohms switch
    {
        null => "open",
        >= 1e6 => FormattableString.Invariant($"{ohms / 1e6:G6} MΩ"),
        >= 1e3 => FormattableString.Invariant($"{ohms / 1e3:G6} kΩ"),
        _ => FormattableString.Invariant($"{ohms:G6} Ω"),
    };
}
