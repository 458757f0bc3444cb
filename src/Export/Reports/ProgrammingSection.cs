using CircuitSim.Export.Devices;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>What became of the devices: errors against targets, levels, and whether errors are those that the card lets expect.</summary>
internal static class ProgrammingSection
{
    public static void Write(FidelityDocument document, IReadOnlyList<ReportArray> arrays, ReportPage page)
    {
        ReportTable.Write(
            page,
            "Programming of the arrays",
            ["Layer", "Pulses", "Energy (nJ)", "Given up", "Stuck", "Line faults", "Error, rms (µS)", "Expected (µS)", "Largest scale"],
            [.. document.Network.Layers.Where(l => l.Programming is not null).Select(l => Row(l.Layer, l.Programming!))]);
        if (document.Network.DeviceAssumptions.Count > 0)
        {
            page.TextElement("h3", "What is assumed of the devices");
            ReportFigures.List(page, "assumptions", document.Network.DeviceAssumptions);
        }

        foreach (ReportArray array in arrays)
        {
            string name = FigureText.FileName(array.Name);
            page.TextElement("h3", array.Name);
            page.Open("div", ("class", "gallery two"));
            ScatterChart error = ProgrammedFigures.Error(array.TargetSiemens.Span, array.ProgrammedSiemens.Span);
            page.Figure(name + "-programming-error", error);
            HistogramChart levels = ProgrammedFigures.Conductances(array.ProgrammedSiemens.Span);
            page.Figure(name + "-programmed-conductance", levels);
            LineChart expected = ProgrammedFigures.ExpectedAgainstObserved(array.Card, array.Options, array.TargetSiemens.Span, array.ProgrammedSiemens.Span);
            page.Figure(name + "-expected-error", expected);
            page.Close();
        }
    }

    private static ReportCell[] Row(int layer, LayerProgramming programming) =>
    [
        ReportCell.Whole(layer),
        ReportCell.Whole(programming.Pulses),
        programming.EnergyJoules is double joules ? ReportCell.Short(1e9 * joules) : ReportCell.Words("not published"),
        ReportCell.Whole(programming.GaveUpCount),
        ReportCell.Whole(programming.StuckCount),
        ReportCell.Whole(programming.LineFaultCount),
        ReportCell.Short(1e6 * programming.RmsErrorSiemens),
        ReportCell.Short(1e6 * programming.ExpectedRmsErrorSiemens),
        ReportCell.Short(programming.LargestScale),
    ];
}
