using System.Text.RegularExpressions;
using System.Xml.Linq;
using CircuitSim.Export.Figures;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Figures;

public sealed partial class SvgFigureTests
{
    public static TheoryData<string> Names => ["line", "scatter", "histogram", "interval", "bars", "confusion", "heat", "diverging", "sketch"];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Kind", "golden")]
    public void Markup_is_as_reviewed_under_every_culture(string name)
    {
        foreach (string culture in new[] { "", "de-DE", "tr-TR" })
        {
            string markup = Cultures.In(culture, () => Draw(name, isStandalone: false));

            // The bytes of a compressed image may change with the runtime; PngImageTests looks into it.
            Golden.Matches($"tests/CircuitSim.Export.Tests/Golden/Figures/{name}.svg", ImageData().Replace(markup, "base64,..."));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Kind", "property")]
    public void A_file_of_its_own_is_xml_with_title_description_and_style(string name)
    {
        XElement svg = XElement.Parse(Draw(name, isStandalone: true));

        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal(["title", "desc", "style"], svg.Elements().Take(3).Select(e => e.Name.LocalName));
        Assert.Equal(SvgFigure.StyleSheet, svg.Elements().ElementAt(2).Value);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_colour_of_the_palette_has_a_rule_for_light_and_dark()
    {
        for (int colour = 1; colour <= SvgFigure.PaletteSize; colour++)
        {
            Assert.Equal(2, Regex.Count(SvgFigure.StyleSheet, $@"\.line\.colour-{colour},"));
            Assert.Equal(2, Regex.Count(SvgFigure.StyleSheet, $@"\.bar\.colour-{colour},"));
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Lengths_that_differ_are_refused()
    {
        LineChart chart = SampleFigures.Line with { Series = [new() { Name = "a", XValues = [1, 2], YValues = [1], ColourIndex = 0 }] };

        var error = Assert.Throws<ArgumentException>(() => SvgFigure.Write(chart, TextWriter.Null));

        Assert.Contains("Series 'a' has 1 entries; 2 are needed.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SvgFigure.Write(SampleFigures.Line with { Series = [] }, TextWriter.Null));
        Assert.Throws<ArgumentException>(() => SvgFigure.Write(SampleFigures.Scatter with { XValues = [double.NaN, 1, 2] }, TextWriter.Null));
        Assert.Throws<ArgumentException>(() => SvgFigure.Write(SampleFigures.Scatter with { ColourIndex = 6 }, TextWriter.Null));
        Assert.Throws<ArgumentException>(() => SvgFigure.Write(SampleFigures.Histogram with { Edges = [0, 1, 1, 3] }, TextWriter.Null));
        Assert.Throws<ArgumentException>(() => SvgFigure.Write(SampleFigures.Confusion with { Counts = [[1, 2]] }, TextWriter.Null));
        Assert.Throws<ArgumentException>(() => SvgFigure.Write(SampleFigures.Sketch with { Layers = [] }, TextWriter.Null));
        Assert.Throws<ArgumentException>(() => SvgFigure.Write(SampleFigures.Heat with { Values = new[] { 1.0 } }, TextWriter.Null));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_line_breaks_where_a_value_is_missing()
    {
        LineChart chart = SampleFigures.Line with
        {
            Series = [new() { Name = "a", XValues = [0, 1, 2, 3], YValues = [0, double.NaN, 1, 2], ColourIndex = 0 }],
        };
        using var writer = new StringWriter();

        SvgFigure.Write(chart, writer, isStandalone: false);

        string path = XElement.Parse(writer.ToString()).Descendants().Single(e => e.Attribute("data-name") is not null).Attribute("d")!.Value;
        Assert.Matches("^M[^ML]+M[^ML]+L[^ML]+$", path);
    }

    private static string Draw(string name, bool isStandalone)
    {
        using var writer = new StringWriter();
        SvgFigure.Write(Sample(name), writer, isStandalone);
        return writer.ToString();
    }

    private static Figure Sample(string name) => name switch
    {
        "line" => SampleFigures.Line,
        "scatter" => SampleFigures.Scatter,
        "histogram" => SampleFigures.Histogram,
        "interval" => SampleFigures.Intervals,
        "bars" => SampleFigures.Bars,
        "confusion" => SampleFigures.Confusion,
        "heat" => SampleFigures.Heat,
        "sketch" => SampleFigures.Sketch,
        _ => SampleFigures.Diverging,
    };

    [GeneratedRegex("base64,[A-Za-z0-9+/=]+")]
    private static partial Regex ImageData();
}
