using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Voltage differences per layer and signal: numbers, histograms and scatter.</summary>
internal static class LayerSection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        if (document.Layers.Count == 0)
        {
            ReportFigures.Paragraph(page, "Node voltages were not compared.");
            return;
        }

        ReportFigures.Paragraph(page, "Circuit voltage minus behavioural voltage, over all neurons and checked samples.");
        ReportTable.Write(
            page,
            "Differences per layer and signal, in millivolts",
            ["Layer and signal", "Compared", "Rms", "Mean", "99 % below", "Worst"],
            [.. document.Layers.Select(Row)]);
        foreach (IGrouping<int, LayerSignalError> layer in document.Layers.GroupBy(l => l.Layer))
        {
            page.TextElement("h3", $"Layer {layer.Key}");
            page.Open("div", ("class", "gallery three"));
            foreach (LayerSignalError error in layer)
            {
                page.Open("div", ("class", "pair"));
                if (error.Histogram.Counts.Count > 0) WriteHistogram(error, page);
                if (error.Scatter.CircuitVolts.Count > 0) WriteScatter(error, page);
                page.Close();
            }

            page.Close();
        }
    }

    private static ReportCell[] Row(LayerSignalError error) =>
    [
        ReportCell.Words($"Layer {error.Layer}, {ReportFigures.SignalName(error.Signal)}"),
        ReportCell.Whole(error.Count),
        ReportCell.Short(error.RmsMillivolts),
        ReportCell.Short(error.MeanMillivolts),
        ReportCell.Short(error.Percentile99Millivolts),
        ReportCell.Short(error.WorstMillivolts),
    ];

    private static string FileName(LayerSignalError error) => FigureText.FileName($"layer {error.Layer} {ReportFigures.SignalName(error.Signal)}");

    private static void WriteHistogram(LayerSignalError error, ReportPage page)
    {
        string signal = ReportFigures.SignalName(error.Signal);
        var chart = new HistogramChart
        {
            Heading = new()
            {
                Title = $"Layer {error.Layer}, {signal}: distribution",
                Description = $"Histogram of {FigureText.Whole(error.Count)} differences; rms {FigureText.Short(error.RmsMillivolts)} mV, "
                    + $"worst {FigureText.Short(error.WorstMillivolts)} mV.",
                WidthPixels = 340,
                HeightPixels = 230,
            },
            XAxis = new() { Label = "Circuit − behavioural", Unit = "mV" },
            YAxis = new() { Label = "Count", Unit = "", HasWholeTicks = true },
            Edges = error.Histogram.EdgesMillivolts,
            Counts = error.Histogram.Counts,
            ColourIndex = (int)error.Signal,
        };
        page.Figure(FileName(error) + "-histogram", chart);
    }

    private static void WriteScatter(LayerSignalError error, ReportPage page)
    {
        string signal = ReportFigures.SignalName(error.Signal);
        var chart = new ScatterChart
        {
            Heading = new()
            {
                Title = $"Layer {error.Layer}, {signal}: scatter",
                Description = $"{FigureText.Whole(error.Scatter.CircuitVolts.Count)} of {FigureText.Whole(error.Count)} pairs: the difference of "
                    + "circuit and behavioural voltage against the behavioural voltage.",
                WidthPixels = 340,
                HeightPixels = 230,
            },
            XAxis = new() { Label = "Behavioural", Unit = "mV" },
            YAxis = new() { Label = "Difference", Unit = "mV" },
            XValues = [.. error.Scatter.BehaviouralVolts.Select(v => 1e3 * v)],
            YValues = [.. error.Scatter.CircuitVolts.Zip(error.Scatter.BehaviouralVolts, (c, b) => 1e3 * (c - b))],
            ColourIndex = (int)error.Signal,
        };
        page.Figure(FileName(error) + "-scatter", chart);
    }
}
