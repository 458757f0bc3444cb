using CircuitSim.Export.Attribution;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Which devices, wires and neurons decide.</summary>
internal static class SensitivitySection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        if (document.Sensitivity is not { } report)
        {
            ReportFigures.Paragraph(page, "Sensitivities were not computed.");
            return;
        }

        ReportFigures.Paragraph(
            page,
            "How the class margin, the highest less the second highest output, follows each device, wire and neuron: exact derivatives by the adjoint of the circuit, "
            + $"as means of their sizes over {FigureText.Whole(report.SampleCount)} samples.");
        ReportFigures.Facts(
            page,
            ("Mean margin", $"{FigureText.Short(report.MeanMarginMillivolts)} mV"),
            ("Smallest margin", $"{FigureText.Short(report.SmallestMarginMillivolts)} mV, sample {FigureText.Whole(report.SmallestMarginSample)}"),
            ("Margin's spread when every device errs by 1 %", $"{FigureText.Short(report.SpreadMillivoltsPerPercent)} mV"));
        ReportTable.Write(
            page,
            "Sensitivity of the margin, layer by layer",
            ["Layer", "All devices 1 % off at random (mV)", "Word-line segments (µV/Ω)", "Bit-line segments (µV/Ω)", "Sources (µV/Ω)"],
            [
                .. report.Layers.Select(l => (ReportCell[])
                [
                    ReportCell.Whole(l.Layer), ReportCell.Short(l.SpreadMillivoltsPerPercent), ReportCell.Short(l.WordLineMicrovoltsPerOhm),
                    ReportCell.Short(l.BitLineMicrovoltsPerOhm), ReportCell.Short(l.SourceMicrovoltsPerOhm),
                ]),
            ]);
        HeatMapSection.WriteGroup(page, "Sensitivity", [.. report.Layers.Select(l => HeatMapSection.Of($"Layer {l.Layer}: sensitivity to devices", l.Devices))]);
        page.TextElement("h3", "What matters most");
        page.Open("div", ("class", "tables"));
        WriteDevices(report, page);
        WriteLines(report, page);
        WriteNeurons(report, page);
        page.Close();
    }

    private static void WriteDevices(SensitivityReport report, ReportPage page) => ReportTable.Write(
        page,
        "Devices",
        ["Device", "Conductance (µS)", "Size (mV/%)", "With sign (mV/%)"],
        [
            .. report.Devices.Select(d => (ReportCell[])
            [
                ReportCell.Code(d.Name), ReportCell.Short(d.Microsiemens), ReportCell.Short(d.MillivoltsPerPercent), ReportCell.Short(d.SignedMillivoltsPerPercent),
            ]),
        ]);

    private static void WriteLines(SensitivityReport report, ReportPage page) => ReportTable.Write(
        page,
        "Wires",
        ["Line", "Kind", "Per ohm a segment (µV/Ω)", "Of this wire (µV)"],
        [
            .. report.Lines.Select(l => (ReportCell[])
            [
                ReportCell.Code(l.Name), ReportCell.Words(l.IsWordLine ? "word line" : "bit line"), ReportCell.Short(l.MicrovoltsPerOhm), ReportCell.Short(l.WireMicrovolts),
            ]),
        ]);

    private static void WriteNeurons(SensitivityReport report, ReportPage page) => ReportTable.Write(
        page,
        "Neurons",
        ["Gate", "Margin over gate (mV/mV)"],
        [.. report.Neurons.Select(n => (ReportCell[])[ReportCell.Code(n.Name), ReportCell.Short(n.MillivoltsPerMillivolt)])]);
}
