using System.Globalization;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Reports;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.InSitu;

/// <summary>The report of a run in situ: one HTML page that needs nothing but itself.</summary>
internal static class InSituPage
{
    /// <summary>Writes the page and returns its figures.</summary>
    internal static IReadOnlyList<NamedFigure> Write(InSituDocument document, InSituTrainingRecord training, DataSet data, TextWriter writer)
    {
        string sizes = string.Join("–", document.LayerSizes), title = $"{document.Device} {document.Mode}";
        (string Id, string Title, Action<ReportPage> Write)[] sections =
        [
            ("verdict", "Verdict", page => WriteVerdict(document, page)),
            ("accuracy", "Accuracy", page => WriteAccuracy(document, page)),
            ("engines", "Engines against each other", page => CrossCheckSection.Write(document.CrossCheck, document.DataSet.ClassNames, page)),
            ("training", "Training", page => page.Figure("losses", InSituFigures.Losses(title, training.History))),
            ("updates", "Updates", page => WriteUpdates(document, title, page)),
            ("data", "Data", page => WriteData(document, data, page)),
            ("netlists", "Netlists", page => WriteDecks(document, page)),
            ("run", "Run", page => WriteRun(document, page)),
        ];
        return ReportShell.Write(
            writer, document.ProgramVersion, $"{document.Name}: training in situ", "Training in situ", document.Name,
            $"Memristor crossbars {sizes} with current read-out, trained in situ on {document.DataSet.Name} through the update tables of {document.Device}, {document.Mode} mode, seed {document.Seed}, CircuitSim {document.ProgramVersion}",
            sections);
    }

    private static void WriteVerdict(InSituDocument document, ReportPage page)
    {
        VerdictSection.WriteBanner(document.Verdict, page);
        ReportFigures.Facts(page,
            ("Circuit", $"{FigureText.Whole(document.DeviceCount)} memristors, {FigureText.Whole(document.CircuitNodeCount)} nodes"),
            ("Power of a read", $"{FigureText.Short(1e3 * document.ReadWatts)} mW"));
        VerdictSection.WriteLimits(document.Verdict, page);
        ReportFigures.List(page, "verified", document.Verdict.Verified.Concat(document.Verdict.NotVerified.Select(n => $"Not verified: {n}")));
        ReportFigures.List(page, "notes", document.Notes);
    }

    private static void WriteAccuracy(InSituDocument document, ReportPage page)
    {
        ReportTable.Write(page, "Accuracy", ["Model", "Samples", "Right", "Of", "Percent", "95 % from", "to"],
            [.. document.Accuracies.Select(a => new[]
            {
                ReportCell.Words(a.Name), ReportCell.Words(a.DataPart), ReportCell.Whole(a.CorrectCount), ReportCell.Whole(a.SampleCount),
                ReportCell.Fixed(a.Percent, 2), ReportCell.Fixed(a.Lower95Percent, 1), ReportCell.Fixed(a.Upper95Percent, 1),
            })]);
        ReportTable.Write(page, "From the trained devices to their circuit: sums of the last layer", ["Step", "Accuracy (%)", "Rms difference", "Largest difference"],
            [.. document.Attribution.Select(s => new[] { ReportCell.Words(s.Name), ReportCell.Fixed(s.AccuracyPercent, 2), ReportCell.Short(s.SumRms), ReportCell.Short(s.SumWorst) })]);
        AccuracySection.WriteConfusions(document.Confusions, document.DataSet.ClassNames, page);
    }

    private static void WriteUpdates(InSituDocument document, string title, ReportPage page)
    {
        if (document.Updates is not { } updates)
        {
            ReportFigures.Paragraph(page, "No update of the first layer asked for a change.");
            return;
        }

        ReportFigures.Paragraph(page, string.Create(CultureInfo.InvariantCulture,
            $"{updates.Count} updates of the first layer. Relative error {updates.RelativeError:G3}: root mean square of real less requested change, over that of the requested one."));
        ScatterChart scatter = InSituFigures.Updates(title, updates);
        HistogramChart density = InSituFigures.Density(title, updates);
        page.Figure("updates", scatter);
        page.Figure("update-errors", density);
        ReportTable.Write(page, "Errors, requested less real update, each over twice its standard deviation", ["Quantity", "Value"],
            [
                [ReportCell.Words("mean"), ReportCell.Short(updates.Mean)],
                [ReportCell.Words("standard deviation"), ReportCell.Short(updates.Deviation)],
                [ReportCell.Words("standard deviation, requests up"), ReportCell.Short(updates.IncreasingDeviation)],
                [ReportCell.Words("standard deviation, requests down"), ReportCell.Short(updates.DecreasingDeviation)],
                [ReportCell.Words("asymmetry"), ReportCell.Short(updates.Asymmetry)],
            ]);
    }

    private static void WriteData(InSituDocument document, DataSet data, ReportPage page)
    {
        ReportFigures.Paragraph(page, $"{document.DataSet.TrainCount} samples to train, {document.ValidationCount} to validate, {document.DataSet.TestCount} to test, each class in the same proportion.");
        IntervalChart classes = InSituFigures.ClassCounts(data);
        HeatMap correlations = InSituFigures.Correlations(data);
        page.Figure("class-count", classes);
        page.Figure("correlation", correlations);
    }

    private static void WriteDecks(InSituDocument document, ReportPage page) => ReportTable.Write(
        page, "Decks and what ngspice says", ["Deck", "Status", "Nodes", "Largest difference (V)", "At", "Re-run with"],
        [.. document.SpiceChecks.Select(c => new[]
        {
            ReportCell.Code(c.File), VerificationSection.Cell(c.Status), ReportCell.Whole(c.NodeCount),
            ReportCell.Short(c.WorstVolts), ReportCell.Code(c.WorstNodeName ?? ""), ReportCell.Code(c.Command),
        })]);

    private static void WriteRun(InSituDocument document, ReportPage page)
    {
        ReportFigures.Paragraph(page, $"Update tables: {document.DeviceSource}.");
        RunSection.WriteEngines(document.Engines, document.Timings, page);
        ReportFigures.List(page, "cite", document.Cite);
    }
}
