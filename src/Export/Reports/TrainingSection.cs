using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>How the network was trained, beside the unconstrained baseline.</summary>
internal static class TrainingSection
{
    private const int CircuitColour = 0;
    private const int BaselineColour = 1;
    private const int InTheLoopColour = 2;

    public static void Write(FidelityDocument document, ReportPage page)
    {
        TrainingSummary training = document.Training;
        ReportFigures.Facts(
            page,
            ("Method", training.Method),
            ("Optimizer", $"{training.Optimizer}, learning rate {FigureText.Plain(training.LearningRate)}"),
            ("Loss", training.LossName),
            ("Epochs", $"{FigureText.Whole(training.EpochCount)}, batch {FigureText.Whole(training.BatchSize)}"),
            ("Time", $"{FigureText.Short(training.Seconds)} s"));
        if (document.Baseline is { } baseline)
        {
            ReportFigures.Paragraph(
                page,
                $"For comparison, with the same data and shape: {baseline.Name}, "
                + $"{FigureText.Fixed(baseline.TrainAccuracyPercent, 1)} % on the training data and "
                + $"{FigureText.Fixed(baseline.TestAccuracyPercent, 1)} % on the test data, in {FigureText.Short(baseline.Seconds)} s.");
        }

        if (training.InTheLoop is { History.Count: > 0 } loop) WriteInTheLoop(loop, page);
        page.Open("div", ("class", "gallery two"));
        WriteChart(document, page, "Loss", "", e => e.Loss, null);
        WriteChart(document, page, "Accuracy", "%", e => e.TestAccuracyPercent, e => e.TrainAccuracyPercent);
        page.Close();
    }

    private static void WriteInTheLoop(InTheLoopTraining loop, ReportPage page)
    {
        TrainingEpoch before = loop.History[0], after = loop.History[^1];
        ReportFigures.Paragraph(
            page,
            $"The network was then fine-tuned through its exact circuit, {FigureText.Whole(after.Epoch)} epochs with learning rate "
            + $"{FigureText.Plain(loop.LearningRate)} in {FigureText.Short(loop.Seconds)} s. On the test data the behavioural network had "
            + $"{FigureText.Fixed(loop.BehaviouralTestAccuracyPercent, 1)} %, its circuit {Percent(before)} % before and {Percent(after)} % after.");
    }

    private static string Percent(TrainingEpoch epoch) =>
        epoch.TestAccuracyPercent is double percent ? FigureText.Fixed(percent, 1) : "an unknown share of 100";

    private static void WriteChart(
        FidelityDocument document, ReportPage page, string name, string unit,
        Func<TrainingEpoch, double?> value, Func<TrainingEpoch, double?>? dashed)
    {
        var series = new List<LineSeries>();
        Add(series, document.Training.Method, document.Training.History, CircuitColour, value, dashed);
        if (document.Baseline is { } baseline) Add(series, baseline.Name, baseline.History, BaselineColour, value, dashed);
        if (document.Training.InTheLoop is { } loop) Add(series, "circuit in the loop", loop.History, InTheLoopColour, value, dashed);
        if (series.Count == 0)
        {
            ReportFigures.Paragraph(page, $"{name} was not recorded.");
            return;
        }

        var chart = new LineChart
        {
            Heading = new()
            {
                Title = $"{name} during training",
                Description = string.Join("; ", series.Select(s => $"{s.Name} ends at {FigureText.Short(s.YValues[^1])} {unit}".TrimEnd())),
                WidthPixels = 420,
                HeightPixels = 300,
            },
            XAxis = new() { Label = "Epoch", Unit = "", HasWholeTicks = true },
            YAxis = new() { Label = name, Unit = unit, Maximum = unit == "%" ? 100 : null },
            Series = series,
        };
        page.Figure("training-" + FigureText.FileName(name), chart);
    }

    private static void Add(
        List<LineSeries> series, string name, IReadOnlyList<TrainingEpoch> history, int colour,
        Func<TrainingEpoch, double?> value, Func<TrainingEpoch, double?>? dashed)
    {
        AddLine(series, dashed is null ? name : name + ", test", history, colour, value, isDashed: false);
        if (dashed is not null) AddLine(series, name + ", training", history, colour, dashed, isDashed: true);
    }

    private static void AddLine(
        List<LineSeries> series, string name, IReadOnlyList<TrainingEpoch> history, int colour,
        Func<TrainingEpoch, double?> value, bool isDashed)
    {
        TrainingEpoch[] known = [.. history.Where(e => value(e) is not null)];
        if (known.Length == 0) return;

        series.Add(new()
        {
            Name = name,
            XValues = [.. known.Select(e => (double)e.Epoch)],
            YValues = [.. known.Select(e => value(e)!.Value)],
            ColourIndex = colour,
            IsDashed = isDashed,
        });
    }
}
