using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>The ladder from the trained network to the programmed circuit.</summary>
internal static class AttributionSection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        if (document.Attribution.Count == 0)
        {
            ReportFigures.Paragraph(page, "The error was not attributed.");
            return;
        }

        ReportFigures.Paragraph(
            page,
            "Each step switches one more effect on and solves the network again. Differences are those of the network's outputs: from the "
            + "first step, and from the step before. Rms values of single steps do not add up, because effects may cancel.");
        if (document.Attribution.Any(s => s.OutputRmsMillivolts is not null)) WriteLadder(document.Attribution, page);
        ReportTable.Write(
            page,
            "Attribution ladder",
            ["Step", "Accuracy (%)", "Rms (mV)", "Worst (mV)", "Rms change (mV)", "What is modelled"],
            [.. document.Attribution.Select(Row)]);
    }

    private static ReportCell[] Row(AttributionStep step) =>
    [
        ReportCell.Words(step.Name),
        ReportCell.Fixed(step.AccuracyPercent, 1),
        ReportCell.Short(step.OutputRmsMillivolts),
        ReportCell.Short(step.OutputWorstMillivolts),
        step.RmsChangeMillivolts is null ? new("–", "number", "") : ReportCell.Short(step.RmsChangeMillivolts),
        ReportCell.Words(step.Description),
    ];

    private static void WriteLadder(IReadOnlyList<AttributionStep> steps, ReportPage page)
    {
        AttributionStep[] shown = [.. steps.Where(s => s.OutputRmsMillivolts is not null)];
        var chart = new IntervalChart
        {
            Heading = new()
            {
                Title = "Rms difference of the outputs from the first step",
                Description = string.Join("; ", shown.Select(s => $"{s.Name}: {FigureText.Short(s.OutputRmsMillivolts!.Value)} mV")),
                WidthPixels = 460,
            },
            ValueAxis = new() { Label = "Rms difference of outputs", Unit = "mV" },
            Bars =
            [
                .. shown.Select(s => new IntervalBar
                {
                    Name = s.Name,
                    Value = s.OutputRmsMillivolts!.Value,
                    ValueText = $"{FigureText.Short(s.OutputRmsMillivolts!.Value)} mV",
                }),
            ],
        };
        page.Figure("attribution", chart);
    }
}
