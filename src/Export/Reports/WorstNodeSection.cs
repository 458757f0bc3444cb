namespace CircuitSim.Export.Reports;

/// <summary>The nodes that depart most, by name.</summary>
internal static class WorstNodeSection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        if (document.WorstNodes.Count == 0)
        {
            ReportFigures.Paragraph(page, "Node voltages were not compared.");
            return;
        }

        ReportFigures.Paragraph(page, "Node names are those of the exported netlists; samples count from 0 within the checked samples.");
        ReportTable.Write(
            page,
            "Largest differences, circuit minus behavioural",
            ["Node", "Sample", "Layer", "Signal", "Behavioural (mV)", "Circuit (mV)", "Difference (mV)"],
            [.. document.WorstNodes.Select(Row)]);
    }

    private static ReportCell[] Row(NodeDifference node) =>
    [
        ReportCell.Code(node.NodeName),
        ReportCell.Whole(node.Sample),
        ReportCell.Whole(node.Layer),
        ReportCell.Words(ReportFigures.SignalName(node.Signal)),
        ReportCell.Fixed(1e3 * node.BehaviouralVolts, 2),
        ReportCell.Fixed(1e3 * node.CircuitVolts, 2),
        ReportCell.Short(node.DifferenceMillivolts),
    ];
}
