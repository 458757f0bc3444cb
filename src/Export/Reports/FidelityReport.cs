using System.Reflection;
using System.Security.Cryptography;
using System.Text;
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
    /// <exception cref="ArgumentException">Lists of the document that belong together differ in length, or bin edges do not rise.</exception>
    public static void Write(FidelityDocument document, ReportMatrices matrices, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(matrices);
        ArgumentNullException.ThrowIfNull(writer);
        IReadOnlyList<string> violations = DocumentShape.Violations(document);
        if (violations.Count > 0) throw new ArgumentException(string.Join(" ", violations), nameof(document));

        string script = Resource("report.js"), style = Resource("report.css") + SvgFigure.StyleSheet;
        var page = new MarkupWriter(writer);
        page.Raw("<!DOCTYPE html>\n");
        page.Open("html", ("lang", "en"));
        WriteHead(document, page, style, script);
        page.Open("body");
        page.TextElement("a", "Skip to the verdict", ("class", "skip"), ("href", "#verdict"));
        ReportSection[] sections = Sections(matrices);
        WriteHeader(document, page);
        page.Open("div", ("class", "columns"));
        WriteContents(sections, page);
        page.Open("main");
        foreach (ReportSection section in sections)
        {
            page.Open("section", ("id", section.Id), ("aria-labelledby", section.Id + "-heading"));
            page.TextElement("h2", section.Title, ("id", section.Id + "-heading"));
            section.Write(document, page);
            page.Close();
        }

        page.Close();
        page.Close();
        page.Raw($"<script>{script}</script>\n");
        page.Close();
        page.Close();
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
            new("layers", "Error per layer", LayerSection.Write),
            new("attribution", "Where the error comes from", AttributionSection.Write),
            new("worst-nodes", "Worst nodes", WorstNodeSection.Write),
            new("verification", "What was verified", VerificationSection.Write),
            new("training", "Training", TrainingSection.Write),
            new("circuit", "Circuit", CircuitSection.Write),
            .. matrices.Arrays.Count > 0 ? [programming] : Array.Empty<ReportSection>(),
            .. hasHeatMaps ? [heatMaps] : Array.Empty<ReportSection>(),
            new("power", "Static power", RunSection.WritePower),
            new("netlists", "Netlists", RunSection.WriteNetlists),
            new("run", "Run", RunSection.WriteRun),
            new("cite", "How to cite", RunSection.WriteCite),
        ];
    }

    private static ReportMatrix Shown(ReportMatrix matrix) => MatrixBlocks.Reduce(matrix, MaximumHeatMapRows, MaximumHeatMapColumns);

    private static void WriteHead(FidelityDocument document, MarkupWriter page, string style, string script)
    {
        // The only script that may run is the one whose hash stands here, whatever a name in a user's file holds.
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        string policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
            + $"script-src 'sha256-{hash}'";
        page.Open("head");
        page.Element("meta", ("charset", "utf-8"));
        page.Element("meta", ("http-equiv", "Content-Security-Policy"), ("content", policy));
        page.Element("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        page.Element("meta", ("name", "color-scheme"), ("content", "light dark"));
        page.Element("meta", ("name", "generator"), ("content", "CircuitSim " + document.ProgramVersion));
        page.Element("link", ("rel", "icon"), ("href", "data:,"));
        page.TextElement("title", $"{document.Name}: fidelity report");
        page.Raw($"<style>\n{style}</style>\n");
        page.Close();
    }

    private static void WriteHeader(FidelityDocument document, MarkupWriter page)
    {
        page.Open("header", ("class", "masthead"));
        page.TextElement("p", "Fidelity report", ("class", "eyebrow"));
        page.TextElement("h1", document.Name);
        string sizes = string.Join("–", document.Network.LayerSizes.Select(n => FigureText.Whole(n)));
        page.TextElement(
            "p",
            $"Memristor-crossbar circuit {sizes} of the data set {document.DataSet.Name}, inverter {document.Network.InverterName}, "
            + $"seed {document.Seed}, CircuitSim {document.ProgramVersion}",
            ("class", "lead"));
        page.Close();
    }

    private static void WriteContents(ReportSection[] sections, MarkupWriter page)
    {
        page.Open("nav", ("class", "contents"), ("aria-label", "Contents"));
        page.Open("ul");
        foreach (ReportSection section in sections)
        {
            page.Open("li");
            page.TextElement("a", section.Title, ("href", "#" + section.Id));
            page.Close();
        }

        page.Close();
        page.Close();
    }

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("CircuitSim.Export.Reports." + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
