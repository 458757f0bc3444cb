using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Writes the fidelity report: one HTML page that needs nothing but itself.</summary>
/// <remarks>
/// The page makes no request and refuses to (content security policy), shows everything without JavaScript, and follows light, dark and
/// print. The same document and matrices give the same text on every machine, up to the compression of the heat maps.
/// </remarks>
public static class FidelityReport
{
    // Beyond this a heat map has more cells than a screen has pixels, and the page grows past what can be mailed.
    private const int MaximumHeatMapRows = 1024;
    private const int MaximumHeatMapColumns = 512;

    /// <summary>Writes the page.</summary>
    /// <param name="document">What the report says; names may come from users' files and are escaped.</param>
    /// <param name="matrices">Matrices of the heat maps; <see cref="ReportMatrices.Empty"/> for none.</param>
    /// <param name="writer">Where the text goes; to be stored as UTF-8.</param>
    /// <returns>The figures on the page, in its order; the page names them as files in a folder <c>figures</c> beside it (<see cref="FigureFiles"/>).</returns>
    /// <exception cref="ArgumentException">Lists of the document that belong together differ in length, or bin edges do not rise.</exception>
    public static IReadOnlyList<NamedFigure> Write(FidelityDocument document, ReportMatrices matrices, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(matrices);
        ArgumentNullException.ThrowIfNull(writer);
        IReadOnlyList<string> violations = DocumentShape.Violations(document);
        if (violations.Count > 0) throw new ArgumentException(string.Join(" ", violations), nameof(document));

        string sizes = string.Join("–", document.Network.LayerSizes.Select(n => FigureText.Whole(n)));
        return ReportShell.Write(
            writer, document.ProgramVersion, $"{document.Name}: fidelity report", "Fidelity report", document.Name,
            $"Memristor-crossbar circuit {sizes} of the data set {document.DataSet.Name}, inverter {document.Network.InverterName}, "
            + $"seed {document.Seed}, CircuitSim {document.ProgramVersion}",
            [.. Sections(matrices).Select(s => (s.Id, s.Title, (Action<ReportPage>)(page => s.Write(document, page))))]);
    }

    private static ReportSection[] Sections(ReportMatrices matrices)
    {
        ReportMatrices shown = new()
        {
            Conductances = [.. matrices.Conductances.Select(Shown)],
            Voltages = [.. matrices.Voltages.Select(Shown)],
        };
        ReportSection heatMaps = new("heat-maps", "Heat maps", (_, page) => HeatMapSection.Write(shown, page));
        ReportSection programming = new("programming", "Devices", (document, page) => ProgrammingSection.Write(document, matrices.Arrays, page));
        bool hasHeatMaps = shown.Conductances.Count + shown.Voltages.Count > 0;
        return
        [
            new("verdict", "Verdict", VerdictSection.Write),
            new("accuracy", "Accuracy", AccuracySection.Write),
            new("engines", "Engines against each other", CrossCheckSection.Write),
            new("attribution", "Where the error comes from", AttributionSection.Write),
            new("layers", "Error per layer", LayerSection.Write),
            new("worst-nodes", "Worst nodes", WorstNodeSection.Write),
            new("sensitivity", "What matters most", SensitivitySection.Write),
            new("sneak-paths", "Sneak paths", SneakPathSection.Write),
            .. hasHeatMaps ? [heatMaps] : Array.Empty<ReportSection>(),
            new("power", "Static power", PowerSection.Write),
            new("speed", "Delay and energy", SpeedSection.Write),
            new("circuit", "Circuit", CircuitSection.Write),
            .. matrices.Arrays.Count > 0 ? [programming] : Array.Empty<ReportSection>(),
            new("training", "Training", TrainingSection.Write),
            new("verification", "What was verified", VerificationSection.Write),
            new("netlists", "Netlists", RunSection.WriteNetlists),
            new("reproduce", "How to get each number again", (document, page) => ReproduceSection.Write(matrices.Experiment, document, page)),
            new("run", "Run", RunSection.WriteRun),
            new("cite", "How to cite", RunSection.WriteCite),
        ];
    }

    private static ReportMatrix Shown(ReportMatrix matrix) => MatrixBlocks.Reduce(matrix, MaximumHeatMapRows, MaximumHeatMapColumns);
}
