using CircuitSim.Export.Figures;
using CircuitSim.Export.Speed;

namespace CircuitSim.Export.Reports;

/// <summary>Delay and energy of an inference, from a transient.</summary>
internal static class SpeedSection
{
    private const double Nano = 1e9;
    private const double Pico = 1e12;

    public static void Write(FidelityDocument document, ReportPage page)
    {
        if (document.Speed is not { } speed)
        {
            ReportFigures.Paragraph(page, "Delay and energy were not computed; ask for them with a section 'speed' in the experiment.");
            return;
        }

        ReportFigures.Paragraph(
            page,
            $"Samples follow each other on the inputs. The delay is the time until every output stays within 10 % of its final value, each sample held for {Nanoseconds(speed.HoldSeconds)}; "
            + $"energy is what all sources deliver for one sample, each held for {Nanoseconds(speed.PeriodSeconds)}.");
        ReportFigures.Facts(
            page,
            ("Longest delay", Nanoseconds(speed.WorstDelaySeconds)),
            ("Mean delay", Nanoseconds(speed.MeanDelaySeconds)),
            ("Energy of an inference", Picojoules(speed.EnergyPerInferenceJoules)),
            ("of it from the rails", Picojoules(speed.RailEnergyJoules)),
            ("of it from the inputs", Picojoules(speed.InputEnergyJoules)),
            ("Mean power", $"{FigureText.Short(1e3 * speed.MeanPowerWatts)} mW, at rest {FigureText.Short(1e3 * speed.StaticPowerWatts)} mW"),
            ("Capacitance in all", $"{FigureText.Short(Pico * speed.Capacitances.TotalFarads)} pF"),
            ("Engine", speed.Engine));
        if (speed.Comparison is { } other) WriteComparison(speed, other, page);
        if (speed.Waveform.TimesSeconds.Count > 1) page.Figure("speed", Waveform(speed.Waveform));
        ReportTable.Write(
            page,
            "Transitions, in the order of the samples",
            ["Sample", "Delay (ns)", "Slowest output", "Its final value (mV)"],
            [
                .. speed.Transitions.Select(t => (ReportCell[])
                [
                    ReportCell.Whole(t.Sample), ReportCell.Short(Nano * t.DelaySeconds), ReportCell.Code(t.SlowestNodeName), ReportCell.Short(1e3 * t.FinalVolts),
                ]),
            ]);
        page.TextElement("h3", "Capacitances");
        ReportFigures.Facts(
            page,
            ("Word-line segment", $"{FigureText.Short(1e15 * speed.Capacitances.WordLineSegmentFarads)} fF"),
            ("Bit-line segment", $"{FigureText.Short(1e15 * speed.Capacitances.BitLineSegmentFarads)} fF"),
            ("Gate", $"{FigureText.Short(1e15 * speed.Capacitances.GateFarads)} fF"));
        ReportFigures.List(page, "notes", speed.Capacitances.Sources);
    }

    private static void WriteComparison(SpeedReport speed, SpeedComparison other, ReportPage page) => ReportTable.Write(
        page,
        "The same transients in another simulator",
        ["Quantity", speed.Engine, other.Engine, "Difference (%)", $"Within {FigureText.Plain(other.LimitPercent)} %"],
        [
            [
                ReportCell.Words("Longest delay (ns)"), ReportCell.Short(Nano * speed.WorstDelaySeconds), ReportCell.Short(Nano * other.WorstDelaySeconds),
                ReportCell.Short(other.DelayDifferencePercent), Within(other.DelayDifferencePercent, other.LimitPercent),
            ],
            [
                ReportCell.Words("Energy (pJ)"), ReportCell.Short(Pico * speed.EnergyPerInferenceJoules), ReportCell.Short(Pico * other.EnergyPerInferenceJoules),
                ReportCell.Short(other.EnergyDifferencePercent), Within(other.EnergyDifferencePercent, other.LimitPercent),
            ],
        ],
        columnEngines: [null, ReportEngine.Of(speed.Engine), ReportEngine.Of(other.Engine), null, null]);

    private static ReportCell Within(double percent, double limit) => Math.Abs(percent) <= limit ? ReportCell.Status("✓ yes", "good") : ReportCell.Status("✗ no", "bad");

    private static LineChart Waveform(SpeedWaveform waveform) => new()
    {
        Heading = new()
        {
            Title = $"Outputs in the slowest transition, to sample {FigureText.Whole(waveform.Sample)}",
            Description = $"Voltages of {string.Join(", ", waveform.NodeNames)} over time from the begin of the sample.",
            WidthPixels = 420,
            HeightPixels = 320,
        },
        XAxis = new() { Label = "Time", Unit = "ns" },
        YAxis = new() { Label = "Output", Unit = "mV" },
        Series =
        [
            .. waveform.NodeNames.Select((name, i) => new LineSeries
            {
                Name = name,
                XValues = [.. waveform.TimesSeconds.Select(t => Nano * t)],
                YValues = [.. waveform.Volts[i].Select(v => 1e3 * v)],
                ColourIndex = i % SvgFigure.PaletteSize,
                IsDashed = i >= SvgFigure.PaletteSize,
            }),
        ],
    };

    private static string Nanoseconds(double seconds) => $"{FigureText.Short(Nano * seconds)} ns";

    private static string Picojoules(double joules) => $"{FigureText.Short(Pico * joules)} pJ";
}
