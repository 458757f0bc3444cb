using System.Text.Json;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Comparison;

/// <summary>Two runs side by side as one HTML page that needs nothing but itself, with its numbers as JSON and its figures as files.</summary>
public static class ComparisonReport
{
    private const string PageFile = "report.html", NumbersFile = "comparison.json";

    /// <summary>Whether anything that is no comparison stands in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>False where there is nothing, or a comparison.</returns>
    public static bool IsForeign(string folder) =>
        Directory.Exists(folder) && !File.Exists(Path.Combine(folder, NumbersFile)) && Directory.EnumerateFileSystemEntries(folder).Any();

    /// <summary>Writes page, numbers and figures.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="folder">Where they shall stand; made if needed.</param>
    /// <returns>The page.</returns>
    public static string WriteFiles(RunComparison comparison, string folder)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        IReadOnlyList<NamedFigure> figures = [];
        string page = Path.Combine(folder, PageFile);
        AtomicFile.WriteText(page, writer => figures = Write(comparison, writer));
        FigureFiles.Replace(Path.Combine(folder, ReportPage.FigureFolder), figures);
        AtomicFile.Write(Path.Combine(folder, NumbersFile), stream => JsonSerializer.Serialize(stream, comparison, FidelityJson.Options));
        return page;
    }

    /// <summary>Writes the page.</summary>
    /// <param name="comparison">The comparison; names may come from users' files and are escaped.</param>
    /// <param name="writer">Where the text goes; to be stored as UTF-8.</param>
    /// <returns>The figures on the page, in its order.</returns>
    public static IReadOnlyList<NamedFigure> Write(RunComparison comparison, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(writer);
        (string first, string second) = (comparison.First.Folder, comparison.Second.Folder);
        return ReportShell.Write(
            writer, ProgramVersion.Text, $"{first} and {second}: comparison", "Comparison", $"{first} and {second}", comparison.Summary,
            [
                ("verdict", "In short", page => WriteVerdict(comparison, page)),
                ("settings", "What differs in the experiments", page => WriteSettings(comparison, page)),
                ("accuracy", "Accuracy", page => WriteAccuracy(comparison, page)),
                ("attribution", "Where the error comes from", page => WriteLadder(comparison, page)),
                ("voltages", "Voltages", page => WriteVoltages(comparison, page)),
            ]);
    }

    private static void WriteVerdict(RunComparison comparison, ReportPage page)
    {
        ReportFigures.Paragraph(page, comparison.Summary);
        (ComparedRun a, ComparedRun b) = (comparison.First, comparison.Second);
        ReportTable.Write(
            page, "The runs", ["Quantity", Column(a), Column(b)],
            [
                Row("Verdict", r => ReportCell.Status(r.Passed ? "✓ passed" : "✗ not passed", r.Passed ? "good" : "bad")),
                Row("In a sentence", r => ReportCell.Words(r.Summary)),
                Row("Experiment", r => ReportCell.Words(r.Name)),
                Row("Seed", r => ReportCell.Words(FormattableString.Invariant($"{r.Seed}"))),
                Row("Program", r => ReportCell.Words("CircuitSim " + r.ProgramVersion)),
                Row("Memristors", r => ReportCell.Words(FigureText.Whole(r.DeviceCount))),
                Row("Static power (mW)", r => Number(r.PowerMilliwatts)),
                Row("Longest delay (ns)", r => Number(1e9 * r.DelaySeconds)),
                Row("Energy of an inference (pJ)", r => Number(1e12 * r.EnergyJoules)),
            ]);

        ReportCell[] Row(string name, Func<ComparedRun, ReportCell> cell) => [ReportCell.Words(name), cell(a), cell(b)];
    }

    private static string Column(ComparedRun run) => run.Folder;

    private static ReportCell Number(double? value) => ReportCell.Words(value is double v ? FigureText.Short(v) : ReportCell.Missing);

    private static void WriteSettings(RunComparison comparison, ReportPage page)
    {
        if (comparison.Settings.Count == 0)
        {
            ReportFigures.Paragraph(page, "Nothing: both runs are of one experiment.");
            return;
        }

        ReportTable.Write(
            page, "Settings that differ", ["Setting", Column(comparison.First), Column(comparison.Second)],
            [.. comparison.Settings.Select(s => (ReportCell[])[ReportCell.Code(s.Key), ReportCell.Words(s.First ?? "not given"), ReportCell.Words(s.Second ?? "not given")])]);
    }

    private static void WriteAccuracy(RunComparison comparison, ReportPage page)
    {
        (string first, string second) = (Column(comparison.First), Column(comparison.Second));
        (string Name, ModelAccuracy Accuracy, int Run)[] bars =
        [
            .. comparison.Accuracies.SelectMany(p => new[] { (p.Name, Accuracy: p.First, Run: 0), (p.Name, Accuracy: p.Second, Run: 1) })
                .Where(b => b.Accuracy is not null).Select(b => (b.Name, b.Accuracy!, b.Run)),
        ];
        if (bars.Length > 0)
        {
            double lowest = bars.Min(b => b.Accuracy.Lower95Percent);
            page.Figure("accuracy", new IntervalChart
            {
                Heading = new()
                {
                    Title = $"Accuracy with 95 % confidence intervals: A is {first}, B is {second}",
                    Description = string.Join("; ", bars.Select(b => $"{Letter(b.Run)}: {b.Name} {FigureText.Fixed(b.Accuracy.Percent, 1)} %")),
                    WidthPixels = 420,
                },
                ValueAxis = new() { Label = "Accuracy", Unit = "%", Minimum = lowest < 50 ? 0 : Math.Floor(lowest / 5 - 0.2) * 5, Maximum = 100 },
                Bars =
                [
                    .. bars.Select(b => new IntervalBar
                    {
                        Name = $"{Letter(b.Run)}: {b.Name}",
                        Value = b.Accuracy.Percent,
                        Lower = b.Accuracy.Lower95Percent,
                        Upper = b.Accuracy.Upper95Percent,
                        ValueText = FigureText.Fixed(b.Accuracy.Percent, 1) + " %",
                        ColourIndex = b.Run,
                    }),
                ],
            });
        }

        ReportTable.Write(
            page, "Accuracy in percent",
            ["Engine or model", first, "its 95 % interval", second, "its 95 % interval", "Difference", "Same class", "McNemar's p"],
            [
                .. comparison.Accuracies.Select(p => (ReportCell[])
                [
                    ReportCell.Words(p.Name),
                    ReportCell.Fixed(p.First?.Percent, 1), Interval(p.First), ReportCell.Fixed(p.Second?.Percent, 1), Interval(p.Second),
                    ReportCell.Fixed(p.Second?.Percent - p.First?.Percent, 1),
                    p.Paired is { } paired ? ReportCell.Number(paired.AgreeingCount, n => $"{FigureText.Whole((long)n)} of {FigureText.Whole(paired.SampleCount)}") : new("–", "number", ""),
                    p.Paired?.McNemar is { } test ? ReportCell.Short(test.PValue) : new("–", "number", ""),
                ]),
            ]);
        ReportFigures.Paragraph(page, comparison.Pairing);
        foreach (AccuracyPair pair in comparison.Accuracies)
            if (pair.Paired?.McNemar is { } test) ReportFigures.Paragraph(page, $"{FigureText.Capitalised(pair.Name)}: only the first right {FigureText.Whole(test.OnlyTrainedCorrectCount)}, only the second {FigureText.Whole(test.OnlyOtherCorrectCount)}; {AccuracySection.Judgement(test)}");
    }

    private static string Letter(int run) => run == 0 ? "A" : "B";

    private static ReportCell Interval(ModelAccuracy? accuracy) =>
        ReportCell.Words(accuracy is null ? "–" : $"{FigureText.Fixed(accuracy.Lower95Percent, 1)} to {FigureText.Fixed(accuracy.Upper95Percent, 1)}");

    private static void WriteLadder(RunComparison comparison, ReportPage page)
    {
        (string first, string second) = (Column(comparison.First), Column(comparison.Second));
        IntervalBar[] bars =
        [
            .. comparison.Ladder.SelectMany(s => new[] { (s.Name, Step: s.First, Run: 0), (s.Name, Step: s.Second, Run: 1) })
                .Where(b => b.Step?.OutputRmsMillivolts is not null)
                .Select(b => new IntervalBar
                {
                    Name = $"{Letter(b.Run)}: {b.Name}",
                    Value = b.Step!.OutputRmsMillivolts!.Value,
                    ValueText = $"{FigureText.Short(b.Step.OutputRmsMillivolts!.Value)} mV",
                    ColourIndex = b.Run,
                }),
        ];
        if (bars.Length > 0)
        {
            page.Figure("attribution", new IntervalChart
            {
                Heading = new()
                {
                    Title = $"Rms difference of the outputs from the trained network: A is {first}, B is {second}",
                    Description = string.Join("; ", bars.Select(b => $"{b.Name}: {b.ValueText}")),
                    WidthPixels = 420,
                },
                ValueAxis = new() { Label = "Rms difference of outputs", Unit = "mV" },
                Bars = bars,
            });
        }

        ReportTable.Write(
            page, "Attribution ladders", ["Step", $"{first}: accuracy (%)", $"{second}: accuracy (%)", $"{first}: rms (mV)", $"{second}: rms (mV)", $"{first}: worst (mV)", $"{second}: worst (mV)"],
            [
                .. comparison.Ladder.Select(s => (ReportCell[])
                [
                    ReportCell.Words(s.Name), ReportCell.Fixed(s.First?.AccuracyPercent, 1), ReportCell.Fixed(s.Second?.AccuracyPercent, 1),
                    ReportCell.Short(s.First?.OutputRmsMillivolts), ReportCell.Short(s.Second?.OutputRmsMillivolts), ReportCell.Short(s.First?.OutputWorstMillivolts), ReportCell.Short(s.Second?.OutputWorstMillivolts),
                ]),
            ]);
    }

    private static void WriteVoltages(RunComparison comparison, ReportPage page)
    {
        if (comparison.Voltages.Count == 0)
        {
            ReportFigures.Paragraph(page, "The networks have different shapes; their nodes do not correspond.");
            return;
        }

        (string first, string second) = (Column(comparison.First), Column(comparison.Second));
        ReportTable.Write(
            page, "Voltages in millivolts: each circuit against its trained network, and both circuits against each other",
            ["Layer and signal", $"{first}: rms", $"{second}: rms", $"{first}: worst", $"{second}: worst", "Circuits: pairs", "Circuits: rms", "Circuits: worst"],
            [
                .. comparison.Voltages.Select(v => (ReportCell[])
                [
                    ReportCell.Words($"Layer {v.Layer}, {ReportFigures.SignalName(v.Signal)}"),
                    ReportCell.Short(v.FirstRmsMillivolts), ReportCell.Short(v.SecondRmsMillivolts), ReportCell.Short(v.FirstWorstMillivolts), ReportCell.Short(v.SecondWorstMillivolts),
                    ReportCell.Whole(v.PairCount), Paired(v.CircuitsRmsMillivolts), Paired(v.CircuitsWorstMillivolts),
                ]),
            ]);
        ReportFigures.Paragraph(page, "Circuits are held against each other at the nodes and samples that both runs recorded for their scatter plots.");
    }

    private static ReportCell Paired(double? value) => value is null ? new("–", "number", "") : ReportCell.Short(value);
}
