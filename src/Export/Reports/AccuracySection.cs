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
                [.. document.Accuracies.Select(Row)]);
        }

        if (document.Agreement is { SampleCount: > 0 } agreement)
        {
            double percent = 100.0 * agreement.AgreeingCount / agreement.SampleCount;
            ReportFigures.Paragraph(
                page,
                $"Circuit and behavioural model choose the same class for {FigureText.Whole(agreement.AgreeingCount)} of "
                + $"{FigureText.Whole(agreement.SampleCount)} samples ({FigureText.Fixed(percent, 1)} %), whatever the labels say.");
        }

        WriteConfusions(document, page);
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
                WidthPixels = 460,
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

    private static void WriteConfusions(FidelityDocument document, ReportPage page)
    {
        if (document.Confusions.Count == 0) return;

        IReadOnlyList<string> names = document.DataSet.ClassNames;
        page.TextElement("h3", "Which classes are mistaken for which");
        page.Open("div", ("class", "gallery two"));
        foreach (ClassConfusion confusion in document.Confusions)
        {
            page.Open("div");
            var chart = new ConfusionChart
            {
                Heading = new()
                {
                    Title = $"Confusion, {confusion.EngineName}",
                    Description = $"Rows are true classes, columns the classes that {confusion.EngineName} chose; as a table below.",
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
