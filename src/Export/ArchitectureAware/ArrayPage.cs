using System.Globalization;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>The report of an architecture-aware run: one HTML page that needs nothing but itself.</summary>
internal static class ArrayPage
{
    /// <summary>Writes the page and returns its figures.</summary>
    internal static IReadOnlyList<NamedFigure> Write(ArrayDocument document, TextWriter writer)
    {
        (string Id, string Title, Action<ReportPage> Write)[] sections =
        [
            ("verdict", "Verdict", page => WriteVerdict(document, page)),
            ("arrays", "Arrays", page => WriteArrays(document, page)),
            ("training", "Training", page => WriteTraining(document, page)),
            ("figures", "Figures", page => WriteFigures(document, page)),
            ("circuits", "Arrays as circuits", page => WriteCircuits(document, page)),
            ("run", "Run", page => ReportFigures.List(page, "cite", document.Cite)),
        ];
        return ReportShell.Write(
            writer, document.ProgramVersion, $"{document.Name}: architecture-aware training", "Architecture-aware training", document.Name,
            $"{document.Network} on {document.ArrayCount} memristor arrays, {document.DataSet}, {document.TrainCount} training and {document.TestCount} test images, seed {document.Seed}, CircuitSim {document.ProgramVersion}",
            sections);
    }

    private static void WriteVerdict(ArrayDocument document, ReportPage page)
    {
        VerdictSection.WriteBanner(document.Verdict, page);
        ReportFigures.Facts(page, ("Circuit", $"{FigureText.Whole(document.ArrayCount)} arrays, {FigureText.Whole(document.DeviceCount)} memristors"));
        VerdictSection.WriteLimits(document.Verdict, page);
        ReportFigures.List(page, "verified", document.Verdict.Verified.Concat(document.Verdict.NotVerified.Select(n => $"Not verified: {n}")));
    }

    private static void WriteArrays(ArrayDocument document, ReportPage page) => ReportTable.Write(
        page, "Matrices on arrays", ["Matrix", "Inputs", "Outputs", "Vectors a sample", "Reads a vector", "Arrays", "Utilisation (%)"],
        [.. document.Matrices.Select(m => new[]
        {
            ReportCell.Words(m.Name), ReportCell.Whole(m.Inputs), ReportCell.Whole(m.Outputs), ReportCell.Whole(m.PixelCount), ReportCell.Whole(m.ReadsPerVector), ReportCell.Whole(m.ArrayCount), ReportCell.Fixed(100 * m.Utilisation, 1),
        })]);

    private static void WriteTraining(ArrayDocument document, ReportPage page)
    {
        ReportTable.Write(page, "Trainings, each judged on the arrays it is for", ["Training", "Level", "From", "Epochs", "Loss", "Test accuracy (%)", "Seconds"],
            [.. document.Trainings.Select(t => new[]
            {
                ReportCell.Words(t.Name), ReportCell.Whole(t.Level), ReportCell.Words(t.From ?? "random weights"), ReportCell.Whole(t.History.Count),
                ReportCell.Short(t.History[^1].TrainingLoss), ReportCell.Fixed(t.TestPercent, 2), ReportCell.Fixed(t.Seconds, 1),
            })]);
        Draw(page, ArrayFigures.All(document).First());
    }

    private static void WriteFigures(ArrayDocument document, ReportPage page)
    {
        foreach (NamedFigure figure in ArrayFigures.All(document).Where(f => f.Name.StartsWith("figure-", StringComparison.Ordinal))) Draw(page, figure);
        ReportTable.Write(page, "Every point", ["Figure", "Network", "Images", "Chips", "Median (%)", "Quartiles apart", "Lowest", "Highest", "Clipped (%)"],
            [.. document.Points.Select(p => new[]
            {
                ReportCell.Words(p.Figure), ReportCell.Words(ArrayFigures.Label(p, document.Points)), ReportCell.Whole(p.ImageCount), ReportCell.Whole(p.Percent.Count), ReportCell.Fixed(p.MedianPercent, 2),
                ReportCell.Fixed(p.SpreadPercent, 2), ReportCell.Fixed(p.Quantile(0), 2), ReportCell.Fixed(p.Quantile(1), 2), ReportCell.Short(100 * p.ClippedShare),
            })]);
        if (document.Comparisons.Count == 0) return;
        ReportTable.Write(page, "Signed-rank tests over chips, each with the same programming errors in both networks", ["Figure", "First", "Second", "Variation (%)", "Medians apart", "Probability", "Ratio of spreads", "Probability of spreads"],
            [.. document.Comparisons.Select(c => new[]
            {
                ReportCell.Words(c.Figure), ReportCell.Words(c.First), ReportCell.Words(c.Second), ReportCell.Short(100 * c.Variation), ReportCell.Fixed(c.MedianDifference, 2),
                ReportCell.Short(c.MedianProbability), ReportCell.Short(c.SpreadRatio), ReportCell.Short(c.SpreadProbability),
            })]);
    }

    private static void WriteCircuits(ArrayDocument document, ReportPage page)
    {
        if (document.Wires.Count == 0)
        {
            ReportFigures.Paragraph(page, "The experiment asks for no circuits.");
            return;
        }

        Draw(page, ArrayFigures.All(document).Last());
        ReportTable.Write(page, "Arrays", ["Array", "Word lines", "Bit lines", "Wires move sums by", "From the direct solver", "Excerpt in ngspice", "Status", "Re-run with"],
            [.. document.Tiles.Select(t => new[]
            {
                ReportCell.Words(t.Name), ReportCell.Whole(t.WordLineCount), ReportCell.Whole(t.BitLineCount), ReportCell.Short(t.IdealRelative), ReportCell.Short(t.DirectRelative),
                ReportCell.Short(t.SpiceRelative), ReportCell.Status(t.Status.ToString(), t.Status == SpiceCheckStatus.Verified ? "good" : "bad"), ReportCell.Code(t.Command),
            })]);
        ReportFigures.Paragraph(page, string.Create(CultureInfo.InvariantCulture, $"Differences are over the largest partial sum of the array; excerpts hold {document.Tiles.Count} arrays' most driven word lines."));
    }

    private static void Draw(ReportPage page, NamedFigure figure) => page.Figure(figure.Name, figure.Figure);
}
