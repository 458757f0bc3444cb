using CircuitSim.Export.Figures;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.ExSitu;

/// <summary>The report of a study: one HTML page that needs nothing but itself.</summary>
internal static class StudyPage
{
    /// <summary>Writes the page and returns its figures.</summary>
    internal static IReadOnlyList<NamedFigure> Write(StudyDocument document, TextWriter writer)
    {
        (string Id, string Title, Action<ReportPage> Write)[] sections =
        [
            ("verdict", "Verdict", page => WriteVerdict(document, page)),
            ("results", "Results", page => WriteResults(document, page)),
            ("netlists", "Netlists", page => WriteDecks(document, page)),
            ("run", "Run", page => WriteRun(document, page)),
        ];
        return ReportShell.Write(
            writer, document.ProgramVersion, $"{document.Name}: ex-situ transfer", "Ex-situ transfer", document.Name,
            $"{document.Lead}, seed {document.Seed}, CircuitSim {document.ProgramVersion}", sections);
    }

    private static void WriteVerdict(StudyDocument document, ReportPage page)
    {
        VerdictSection.WriteBanner(document.Verdict, page);
        VerdictSection.WriteLimits(document.Verdict, page);
        ReportFigures.List(page, "verified", document.Verdict.Verified.Concat(document.Verdict.NotVerified.Select(n => $"Not verified: {n}")));
        ReportFigures.List(page, "notes", document.Notes);
    }

    private static void WriteResults(StudyDocument document, ReportPage page)
    {
        ReportTable.Write(page, "Accuracy", ["Model", "Samples", "Right", "Of", "Percent", "95 % from", "to"],
            [.. document.Accuracies.Select(a => new[]
            {
                ReportCell.Words(a.Name), ReportCell.Words(a.DataPart), ReportCell.Whole(a.CorrectCount), ReportCell.Whole(a.SampleCount),
                ReportCell.Fixed(a.Percent, 2), ReportCell.Fixed(a.Lower95Percent, 2), ReportCell.Fixed(a.Upper95Percent, 2),
            })]);
        foreach (StudyTable table in document.Tables)
            ReportTable.Write(page, table.Caption, table.Columns, [.. table.Rows.Select(r => r.Select(ReportCell.Words).ToArray())]);
        foreach (NamedFigure figure in document.Figures()) page.Figure(figure.Name, figure.Figure);
    }

    private static void WriteDecks(StudyDocument document, ReportPage page) => ReportTable.Write(
        page, "Decks and what ngspice says", ["Deck", "Status", "Nodes", "Largest difference (V)", "At", "Re-run with"],
        [.. document.SpiceChecks.Select(c => new[]
        {
            ReportCell.Code(c.File), ReportCell.Status(c.Status.ToString(), c.Status == SpiceCheckStatus.Verified ? "good" : "bad"), ReportCell.Whole(c.NodeCount),
            ReportCell.Short(c.WorstVolts), ReportCell.Code(c.WorstNodeName ?? ""), ReportCell.Code(c.Command),
        })]);

    private static void WriteRun(StudyDocument document, ReportPage page)
    {
        ReportFigures.Paragraph(page, $"Device card {document.DeviceCard}.");
        ReportFigures.List(page, "assumptions", document.DeviceAssumptions);
        if (document.LeftOut.Count > 0)
        {
            ReportFigures.Paragraph(page, "What the card states and the circuits do not contain:");
            ReportFigures.List(page, "left-out", document.LeftOut);
        }

        ReportFigures.Paragraph(page, $"Data: {document.DataSet.Source}");
        ReportFigures.List(page, "cite", document.Cite);
    }
}
