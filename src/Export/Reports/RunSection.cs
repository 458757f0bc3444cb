using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>What the run made and how: netlists, timings, engines, data, seed and citations.</summary>
internal static class RunSection
{
    public static void WriteNetlists(FidelityDocument document, ReportPage page)
    {
        if (document.Decks.Count == 0)
        {
            ReportFigures.Paragraph(page, "No netlist was exported.");
            return;
        }

        ReportFigures.Paragraph(page, "Run the commands in the run folder, where this page lies.");
        ReportTable.Write(
            page,
            "Exported netlists",
            ["File", "What it holds", "Dialect", "Elements", "Size (kB)", "Command"],
            [
                .. document.Decks.Select(d => (ReportCell[])
                [
                    ReportCell.Code(d.File),
                    ReportCell.Words(d.Description),
                    ReportCell.Words(d.Dialect),
                    ReportCell.Number(d.ElementCount, v => FigureText.Whole((long)v)),
                    ReportCell.Short(d.SizeBytes / 1e3),
                    ReportCell.Code(d.Command),
                ]),
            ]);
    }

    public static void WriteRun(FidelityDocument document, ReportPage page)
    {
        DataSetSummary data = document.DataSet;
        string image = data.ImageWidth > 0 ? $" ({data.ImageWidth} x {data.ImageHeight} pixels)" : "";
        ReportFigures.Facts(
            page,
            ("Seed", FormattableString.Invariant($"{document.Seed}")),
            ("Program", $"CircuitSim {document.ProgramVersion}"),
            ("Vector units", document.VectorUnits.Count > 0 ? string.Join(" and ", document.VectorUnits) : "not recorded"),
            ("Data set", $"{data.Name}: {FigureText.Whole(data.SampleCount)} samples, {FigureText.Whole(data.TrainCount)} for training, "
                + $"{FigureText.Whole(data.TestCount)} for testing"),
            ("Features", FigureText.Whole(data.FeatureCount) + image),
            ("Classes", string.Join(", ", data.ClassNames)),
            ("Source of the data", data.Source));
        WriteEngines(document.Engines, document.Timings, page);
        if (document.Notes.Count == 0) return;

        page.TextElement("h3", "Notes");
        ReportFigures.List(page, "notes", document.Notes);
    }

    public static void WriteEngines(IReadOnlyList<EngineUse> engines, IReadOnlyList<StageTiming> timings, ReportPage page)
    {
        ReportTable.Write(
            page,
            "Engines",
            ["Engine", "Version", "On this machine", "Role"],
            [
                .. engines.Select(e => (ReportCell[])
                [
                    ReportCell.Words(e.Name),
                    ReportCell.Words(e.Version ?? "–"),
                    ReportCell.Words(e.IsAvailable ? "yes" : "no"),
                    ReportCell.Words(e.Role),
                ]),
            ]);
        if (timings.Count == 0) return;

        ReportTable.Write(
            page,
            "Wall-clock time per stage",
            ["Stage", "Seconds"],
            [.. timings.Select(t => (ReportCell[])[ReportCell.Words(t.Stage), ReportCell.Short(t.Seconds)])],
            [ReportCell.Words("Together"), ReportCell.Short(timings.Sum(t => t.Seconds))]);
    }

    public static void WriteCite(FidelityDocument document, ReportPage page)
    {
        ReportFigures.List(page, "references", document.Cite);
    }
}
