using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>The circuit the network became: sizes, wires, mapping and the curve of a neuron.</summary>
internal static class CircuitSection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        NetworkSummary network = document.Network;
        ReportFigures.Facts(
            page,
            ("Layers", string.Join(" – ", network.LayerSizes.Select(n => FigureText.Whole(n)))),
            ("Memristors", FigureText.Whole(network.DeviceCount)),
            ("Circuit nodes", FigureText.Whole(network.CircuitNodeCount)),
            ("Supply", $"{FigureText.Plain(network.SupplyVolts)} V, rails at ±{FigureText.Plain(network.SupplyVolts / 2)} V"),
            ("Inverter", network.InverterName),
            ("Device", network.DeviceCard + (network.Chip is int chip ? $", chip {FigureText.Whole(chip)}" : "")),
            ("Conductance ratio K/σ_min", FigureText.Plain(network.ConductanceRatio)),
            ("Word-line segment", $"{FigureText.Plain(network.WordLineSegmentOhms)} Ω"),
            ("Bit-line segment", $"{FigureText.Plain(network.BitLineSegmentOhms)} Ω"),
            ("Source resistance", $"{FigureText.Plain(network.SourceOhms)} Ω"));
        ReportTable.Write(
            page,
            "Mapping of weights to conductances",
            ["Layer", "Word lines", "Bit lines", "Devices", "Smallest (µS)", "Mean (µS)", "Largest (µS)", "Clipped devices"],
            [.. network.Layers.Select(Row)]);
        page.Open("div", ("class", "gallery two"));
        if (network.Layers.Count is > 0 and <= CircuitSketch.MaximumLayerCount) WriteSketch(network, page);
        if (network.NeuronCurve.GateVolts.Count > 0) WriteCurve(network.NeuronCurve, page);
        page.Close();
    }

    private static ReportCell[] Row(LayerMapping layer) =>
    [
        ReportCell.Whole(layer.Layer),
        ReportCell.Whole(layer.WordLineCount),
        ReportCell.Whole(layer.BitLineCount),
        ReportCell.Whole((long)layer.WordLineCount * layer.BitLineCount),
        ReportCell.Short(1e6 * layer.MinimumSiemens),
        ReportCell.Short(1e6 * layer.MeanSiemens),
        ReportCell.Short(1e6 * layer.MaximumSiemens),
        ReportCell.Whole(layer.ClippedCount),
    ];

    private static void WriteSketch(NetworkSummary network, ReportPage page)
    {
        var sketch = new CircuitSketch
        {
            Heading = new()
            {
                Title = "Crossbars (word lines × bit lines) and the inverter pairs between them",
                Description = string.Join(
                    ", then ",
                    network.Layers.Select(l =>
                        $"a crossbar of {FigureText.Whole(l.WordLineCount)} word lines and {FigureText.Whole(l.BitLineCount)} bit lines "
                        + "with two inverters a bit line")),
                WidthPixels = 420,
            },
            Layers = [.. network.Layers.Select(l => new SketchedCrossbar { WordLineCount = l.WordLineCount, BitLineCount = l.BitLineCount })],
        };
        page.Figure("circuit", sketch);
    }

    private static void WriteCurve(NeuronCurve curve, ReportPage page)
    {
        double[] gate = [.. curve.GateVolts.Select(v => 1e3 * v)];
        var series = new List<LineSeries>
        {
            new() { Name = "restored output p", XValues = gate, YValues = [.. curve.RestoredVolts.Select(v => 1e3 * v)], ColourIndex = 0 },
        };
        if (curve.InvertedVolts.Count > 0)
        {
            series.Add(new()
            {
                Name = "inverted output n",
                XValues = gate,
                YValues = [.. curve.InvertedVolts.Select(v => 1e3 * v)],
                ColourIndex = 1,
                IsDashed = true,
            });
        }

        var chart = new LineChart
        {
            Heading = new()
            {
                Title = $"Transfer curve of an unloaded neuron: {curve.Description}",
                Description = "Output voltages of the two inverters of a neuron against the voltage of its gate.",
                WidthPixels = 420,
                HeightPixels = 300,
            },
            XAxis = new() { Label = "Gate", Unit = "mV" },
            YAxis = new() { Label = "Output", Unit = "mV" },
            Series = series,
        };
        page.Figure("neuron-curve", chart);
    }
}
