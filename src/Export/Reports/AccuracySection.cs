using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Accuracies with confidence intervals, agreement of classes and confusion matrices.</summary>
internal static class AccuracySection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        if (document.Accuracies.Count == 0)
        {
            ReportFigures.Paragraph(page, "No accuracy was computed.");
        }
        else
        {
            WriteIntervals(document.Accuracies, page);
            ReportTable.Write(
                page,
                "Accuracy against the labels",
                ["Engine or model", "Data", "Correct", "Samples", "Accuracy (%)", "95 % from (%)", "95 % to (%)"],
                [.. document.Accuracies.Select(Row)],
                rowEngines: [.. document.Accuracies.Select(a => ReportEngine.Of(a.Name))]);
        }

        if (document.Agreement is { SampleCount: > 0 } agreement) WriteAgreement(agreement, page);
        WriteConfusions(document.Confusions, document.DataSet.ClassNames, page);
    }

    private static void WriteAgreement(ClassAgreement agreement, ReportPage page)
    {
        double percent = agreement.Percent ?? 100.0 * agreement.AgreeingCount / agreement.SampleCount;
        string interval = agreement is { Lower95Percent: double low, Upper95Percent: double high }
            ? $", 95 % interval {FigureText.Fixed(low, 1)} to {FigureText.Fixed(high, 1)} %" : "";
        ReportFigures.Paragraph(
            page,
            $"Circuit and behavioural model choose the same class for {FigureText.Whole(agreement.AgreeingCount)} of "
            + $"{FigureText.Whole(agreement.SampleCount)} samples ({FigureText.Fixed(percent, 1)} %{interval}), whatever the labels say.");
        if (agreement.McNemar is not { } test) return;

        page.TextElement("h3", "Do the trained network and its circuit differ in accuracy?");
        ReportTable.Write(
            page,
            "Samples classified as labelled (McNemar's exact test)",
            ["Trained network", "Circuit right", "Circuit wrong"],
            [
                [ReportCell.Words("right"), ReportCell.Whole(test.BothCorrectCount), ReportCell.Whole(test.OnlyTrainedCorrectCount)],
                [ReportCell.Words("wrong"), ReportCell.Whole(test.OnlyOtherCorrectCount), ReportCell.Whole(test.NeitherCorrectCount)],
            ]);
        ReportFigures.Paragraph(page, Judgement(test));
    }

    public static string Judgement(McNemarTest test)
    {
        int unlike = test.OnlyTrainedCorrectCount + test.OnlyOtherCorrectCount;
        return $"p = {FigureText.Short(test.PValue)}: "
            + (unlike == 0 ? "no sample tells them apart."
            : test.PValue < 0.05 ? $"a split of {FigureText.Whole(unlike)} samples as uneven as this would be rare between equally accurate classifiers; they differ."
            : $"a split of {FigureText.Whole(unlike)} samples as uneven as this is common between equally accurate classifiers; no difference is shown.");
    }

    private static ReportCell[] Row(ModelAccuracy accuracy) =>
    [
        ReportCell.Words(accuracy.Name),
        ReportCell.Words(accuracy.DataPart),
        ReportCell.Whole(accuracy.CorrectCount),
        ReportCell.Whole(accuracy.SampleCount),
        ReportCell.Fixed(accuracy.Percent, 1),
        ReportCell.Fixed(accuracy.Lower95Percent, 1),
        ReportCell.Fixed(accuracy.Upper95Percent, 1),
    ];

    private static void WriteIntervals(IReadOnlyList<ModelAccuracy> accuracies, ReportPage page)
    {
        string[] parts = [.. accuracies.Select(a => a.DataPart).Distinct()];
        double lowest = accuracies.Min(a => a.Lower95Percent);
        var chart = new IntervalChart
        {
            Heading = new()
            {
                Title = "Accuracy with 95 % confidence intervals",
                Description = string.Join("; ", accuracies.Select(a => $"{a.Name} on {a.DataPart}: {FigureText.Fixed(a.Percent, 1)} %")),
                WidthPixels = 420,
            },
            // Above one half, zero would squeeze every interval into the right end of the axis.
            ValueAxis = new() { Label = "Accuracy", Unit = "%", Minimum = lowest < 50 ? 0 : Math.Floor(lowest / 5 - 0.2) * 5, Maximum = 100 },
            Bars =
            [
                .. accuracies.Select(a => new IntervalBar
                {
                    Name = parts.Length > 1 ? $"{a.Name}, {a.DataPart}" : a.Name,
                    Value = a.Percent,
                    Lower = a.Lower95Percent,
                    Upper = a.Upper95Percent,
                    ValueText = FigureText.Fixed(a.Percent, 1) + " %",
                    ColourIndex = Array.IndexOf(parts, a.DataPart) % SvgFigure.PaletteSize,
                }),
            ],
        };
        page.Figure("accuracy", chart);
    }

    public static void WriteConfusions(IReadOnlyList<ClassConfusion> confusions, IReadOnlyList<string> names, ReportPage page)
    {
        if (confusions.Count == 0) return;

        page.TextElement("h3", "Which classes are mistaken for which");
        page.Open("div", ("class", "gallery two"));
        foreach (ClassConfusion confusion in confusions)
        {
            page.Open("div", ReportEngine.Mark(ReportEngine.Of(confusion.EngineName)));
            var chart = new ConfusionChart
            {
                Heading = new()
                {
                    Title = $"Confusion, {confusion.EngineName}",
                    Description = $"Rows are true classes, columns the classes that {confusion.EngineName} chose; as a table below.",
                    WidthPixels = 400,
                },
                ClassNames = names,
                Counts = confusion.Counts,
            };
            page.Figure("confusion-" + FigureText.FileName(confusion.EngineName), chart);
            page.Open("details");
            page.TextElement("summary", "The same as a table");
            ReportTable.Write(
                page,
                $"Samples per true class (rows) and class chosen by {confusion.EngineName} (columns)",
                ["True class", .. names],
                [.. confusion.Counts.Select((row, i) => (ReportCell[])[ReportCell.Words(names[i]), .. row.Select(n => ReportCell.Whole(n))])]);
            page.Close();
            page.Close();
        }

        page.Close();
    }
}
