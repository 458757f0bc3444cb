using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Tests.Reports;

public sealed partial class FidelityReportTests
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(2)>&amp;'";

    [Fact]
    [Trait("Kind", "property")]
    public void Every_heading_of_the_contents_leads_to_its_section()
    {
        XElement html = Parse(SyntheticFidelity.Page());

        XElement[] sections = [.. html.Descendants("section")];
        IEnumerable<string> links = Descendants(html, "nav").Descendants("a").Select(a => a.Attribute("href")!.Value);
        Assert.Equal(sections.Select(s => "#" + s.Attribute("id")!.Value), links);
        Assert.Equal("verdict", sections[0].Attribute("id")!.Value);
        Assert.All(sections, s => Assert.Equal(s.Attribute("aria-labelledby")!.Value, s.Elements("h2").Single().Attribute("id")!.Value));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Headings_descend_one_level_at_a_time()
    {
        IEnumerable<string> elements = Parse(SyntheticFidelity.Page()).Descendants().Select(e => e.Name.LocalName);
        int[] levels = [.. elements.Where(name => HeadingName().IsMatch(name)).Select(name => name[1] - '0')];

        Assert.Equal(1, levels[0]);
        Assert.Single(levels, l => l == 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.First} is followed by h{pair.Second}"));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Tables_and_figures_can_be_read_without_seeing_them()
    {
        XElement html = Parse(SyntheticFidelity.Page());

        Assert.All(html.Descendants("th"), th => Assert.Contains(th.Attribute("scope")?.Value, new[] { "col", "row" }));
        Assert.All(html.Descendants("table"), table => Assert.NotEmpty(table.Element("caption")!.Value));
        XElement[] figures = [.. html.Descendants().Where(e => e.Name.LocalName == "svg" && e.Attribute("class")!.Value.StartsWith("figure", StringComparison.Ordinal))];
        // Intervals, two confusions, twelve error plots, both ladders, two maps of sensitivity, four of sneak paths, power, speed, two training charts, sketch, neuron curve, four heat maps.
        Assert.Equal(1 + 2 + 12 + 2 + 2 + 4 + 1 + 1 + 2 + 2 + 4, figures.Length);
        Assert.Equal(SyntheticFidelity.Figures().Select(f => "figure-" + f.Name), html.Descendants("figure").Select(f => f.Attribute("id")!.Value));
        Assert.All(figures, f => Assert.Equal("img", f.Attribute("role")?.Value));
        Assert.All(figures, f => Assert.All(f.Elements().Take(2), part => Assert.NotEmpty(part.Value)));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Names_from_files_stay_text()
    {
        FidelityDocument document = SyntheticFidelity.Document();
        document = document with
        {
            Name = Hostile,
            DataSet = document.DataSet with { Name = Hostile, Source = Hostile, ClassNames = [.. Enumerable.Repeat(Hostile, 10)] },
            Network = document.Network with { InverterName = Hostile },
            Training = document.Training with { Method = Hostile },
            Accuracies = [.. document.Accuracies.Select(a => a with { Name = Hostile })],
            WorstNodes = [.. document.WorstNodes.Select(n => n with { NodeName = Hostile })],
            SpiceChecks = [.. document.SpiceChecks.Select(c => c with { Command = Hostile, File = Hostile, Reason = Hostile })],
            Attribution = [.. document.Attribution.Select(s => s with { Name = Hostile })],
            Notes = [Hostile, "bell \a, lone surrogate \uD800"],
            Cite = [Hostile],
        };
        var matrices = ReportMatrices.Empty with { Voltages = [new(Hostile, Hostile, Hostile, 1, 2, [1, 2], Hostile, Hostile)] };

        string page = SyntheticFidelity.Page(document, matrices);

        XElement html = Parse(page);
        Assert.Single(Descendants(html, "script"));
        Assert.Empty(Descendants(html, "img"));
        Assert.Equal(Hostile, Descendants(html, "h1").Single().Value.Trim());
        Assert.DoesNotContain(html.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Contains("bell \uFFFD, lone surrogate \uFFFD", page, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void No_request_leaves_the_page()
    {
        string page = SyntheticFidelity.Page();

        XElement html = Parse(page);
        XElement meta = html.Descendants("meta").Single(m => m.Attribute("http-equiv")?.Value == "Content-Security-Policy");
        string policy = meta.Attribute("content")!.Value;
        string script = Script().Match(page).Groups[1].Value;
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'", policy, StringComparison.Ordinal);
        Assert.All(
            html.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src"),
            a => Assert.True(a.Value.StartsWith('#') || a.Value.StartsWith("data:", StringComparison.Ordinal), a.Value));
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_network_of_two_layers_with_two_hundred_samples_fits_into_two_megabytes()
    {
        int bytes = Encoding.UTF8.GetByteCount(SyntheticFidelity.Page());

        Assert.InRange(bytes, 100_000, 2_000_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [Trait("Kind", "golden")]
    public void Text_is_the_same_under_every_culture(string culture)
    {
        string invariant = Cultures.In("", () => SyntheticFidelity.Page());

        Assert.Equal(invariant, Cultures.In(culture, () => SyntheticFidelity.Page()));
        Assert.DoesNotContain("\r", invariant, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void What_was_not_done_is_said_and_not_drawn()
    {
        FidelityDocument full = SyntheticFidelity.Document();
        FidelityDocument bare = full with
        {
            Verdict = full.Verdict with { Passed = true, Limits = [], Verified = [], NotVerified = [] },
            Baseline = null,
            Training = full.Training with { History = [] },
            Network = full.Network with { Layers = [], NeuronCurve = new() { Description = "", GateVolts = [], InvertedVolts = [], RestoredVolts = [] } },
            Accuracies = [],
            Agreement = null,
            Confusions = [],
            Attribution = [],
            Layers = [],
            WorstNodes = [],
            SpiceChecks = [],
            Power = [],
            PowerBalance = null,
            ReverseAttribution = [],
            SkippedEffects = [],
            AttributionClosureVolts = null,
            CrossCheck = null,
            Sensitivity = null,
            SneakPaths = [],
            Speed = null,
            Timings = [],
            Decks = [],
            Engines = [],
            Cite = [],
            Notes = [],
        };

        XElement html = Parse(SyntheticFidelity.Page(bare, ReportMatrices.Empty));

        Assert.DoesNotContain(html.Descendants(), e => e.Name.LocalName == "svg");
        string text = html.Value;
        foreach (string sentence in new[]
        {
            "✓ Passed", "The experiment sets no limits.", "No accuracy was computed.", "Node voltages were not compared.",
            "The error was not attributed.", "No engine was held against another.", "Sensitivities were not computed.", "Sneak paths were not computed.", "Delay and energy were not computed", "Loss was not recorded.", "Power was not computed.", "No netlist was exported.",
        })
        {
            Assert.Contains(sentence, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Lists_that_do_not_fit_each_other_are_all_named()
    {
        FidelityDocument document = SyntheticFidelity.Document();
        LayerSignalError error = document.Layers[0];
        document = document with
        {
            Confusions = [document.Confusions[0] with { Counts = [[1, 2], [3, 4]] }],
            Layers = [error with { Histogram = new() { EdgesMillivolts = [1, 1], Counts = [3] }, Scatter = error.Scatter with { CircuitVolts = [0.1] } }],
        };

        var thrown = Assert.Throws<ArgumentException>(() => SyntheticFidelity.Page(document, ReportMatrices.Empty));

        Assert.Contains("'behavioural' is not 10 x 10", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Layer 1, gate: the edges of the histogram do not rise", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("1500 behavioural and 1 circuit", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Large_matrices_are_shown_as_means_of_blocks()
    {
        double[] values = [.. Enumerable.Range(0, 2048 * 600).Select(i => 2.0 * (i % 600))];
        var matrices = ReportMatrices.Empty with { Conductances = [new("Layer 1", "As programmed.", "µS", 2048, 600, values)] };

        string page = SyntheticFidelity.Page(SyntheticFidelity.Document(), matrices);

        Assert.Contains("Each cell is the mean of a block of 2 x 2 of 2048 x 600.", page, StringComparison.Ordinal);
        // The mean of columns 0 and 1 is (0 + 2) / 2, that of columns 598 and 599 is (1196 + 1198) / 2.
        Assert.Contains("1024 rows (block of 2 word lines) by 300 columns (block of 2 bit lines), 1.00 to 1197 µS.", page, StringComparison.Ordinal);
    }

    private static XElement Parse(string page)
    {
        string markup = Style().Replace(Script().Replace(page, "<script></script>"), "<style></style>");
        return XDocument.Parse(markup.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Root!;
    }

    private static IEnumerable<XElement> Descendants(XElement html, string name) => html.Descendants().Where(e => e.Name.LocalName == name);

    [GeneratedRegex("^h[1-6]$")]
    private static partial Regex HeadingName();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
