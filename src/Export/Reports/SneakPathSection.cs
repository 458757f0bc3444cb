using CircuitSim.Export.Attribution;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>How much of each bit line's signal arrives by other routes than its own devices.</summary>
internal static class SneakPathSection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        if (document.SneakPaths.Count == 0)
        {
            ReportFigures.Paragraph(page, "Sneak paths were not computed.");
            return;
        }

        ReportFigures.Paragraph(
            page,
            "What one source sends to a bit line goes through the device that joins them, or through other devices and lines: a sneak path. The path share is the part of the "
            + "second kind with one volt on every source in turn; the signal share is that of the checked samples, whose inputs partly cancel.");
        ReportTable.Write(
            page,
            "Sneak paths, layer by layer",
            ["Layer", "Mean path share (%)", "Worst path share (%)", "At"],
            [
                .. document.SneakPaths.Select(l => (ReportCell[])
                [
                    ReportCell.Whole(l.Layer), ReportCell.Short(l.MeanPathSharePercent), ReportCell.Short(l.WorstPathSharePercent), ReportCell.Code(l.WorstName),
                ]),
            ]);
        page.Open("div", ("class", "gallery two"));
        foreach (LayerSneakPaths layer in document.SneakPaths)
        {
            if (layer.BitLines.Count > 1) page.Figure($"layer-{layer.Layer}-sneak-paths", Shares(layer));
            page.Figure($"layer-{layer.Layer}-sneak-map", HeatMapSection.Map(HeatMapSection.Of($"Layer {layer.Layer}: sneak share", layer.Shares), "Sneak share"));
        }

        page.Close();
        page.Open("details");
        page.TextElement("summary", "Every bit line");
        ReportTable.Write(
            page,
            "Sneak signal of every bit line",
            ["Gate", "Path share (%)", "Signal share (%)", "Sneak signal, rms (µV)", "Signal, rms (mV)"],
            [
                .. document.SneakPaths.SelectMany(l => l.BitLines).Select(b => (ReportCell[])
                [
                    ReportCell.Code(b.Name), ReportCell.Short(b.PathSharePercent), ReportCell.Short(b.SignalSharePercent), ReportCell.Short(b.SneakRmsMicrovolts), ReportCell.Short(b.SignalRmsMillivolts),
                ]),
            ]);
        page.Close();
    }

    private static LineChart Shares(LayerSneakPaths layer)
    {
        double[] bitLines = [.. Enumerable.Range(1, layer.BitLines.Count).Select(i => (double)i)];
        return new LineChart
        {
            Heading = new()
            {
                Title = $"Layer {layer.Layer}: what arrives by sneak paths",
                Description = $"Path share and signal share of {FigureText.Whole(layer.BitLines.Count)} bit lines; mean path share {FigureText.Short(layer.MeanPathSharePercent)} %.",
                WidthPixels = 420,
                HeightPixels = 300,
            },
            XAxis = new() { Label = "Bit line", Unit = "", HasWholeTicks = true },
            YAxis = new() { Label = "Share", Unit = "%", Minimum = 0 },
            Series =
            [
                new() { Name = "of paths", XValues = bitLines, YValues = [.. layer.BitLines.Select(b => b.PathSharePercent)], ColourIndex = 0 },
                new() { Name = "of signals", XValues = bitLines, YValues = [.. layer.BitLines.Select(b => b.SignalSharePercent)], ColourIndex = 1, IsDashed = true },
            ],
        };
    }
}
