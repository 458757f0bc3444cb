using CircuitSim.Export.Figures;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Figures;

public sealed class FigureDataTests
{
    [Fact]
    [Trait("Kind", "golden")]
    public void A_table_names_what_it_holds_with_units()
    {
        Assert.Equal("series,Epoch,Loss\nphax,1,2.3\nphax,2,1.1\n", First(SampleFigures.Line, 3));
        Assert.Equal("Behavioural (mV),Difference (mV)\n-240,7.5\n3.5,-0.25\n", First(SampleFigures.Scatter, 3));
        Assert.Equal("Circuit − behavioural (mV) from,Circuit − behavioural (mV) to,Count\n-1.5,-0.5,12\n", First(SampleFigures.Histogram, 2));
        Assert.StartsWith("true class,chosen class,count\n", Table(SampleFigures.Confusion), StringComparison.Ordinal);
        Assert.StartsWith("layer,word lines,bit lines\n1,", Table(SampleFigures.Sketch), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_cell_of_a_heat_map_has_its_line_and_a_blank_one_has_no_value()
    {
        var map = SampleFigures.Heat with { Rows = 2, Columns = 3, Values = new[] { 1, 2, double.NaN, 0.1 + 0.2, -5, 6 } };

        string[] lines = Table(map).Split('\n');

        Assert.Equal(["1,1,1", "1,2,2", "1,3,", "2,1,0.30000000000000004", "2,2,-5", "2,3,6", ""], lines.Skip(1));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Text_is_the_same_under_every_culture_and_no_name_becomes_a_formula()
    {
        IntervalChart chart = SampleFigures.Intervals with { Bars = [new() { Name = "=1+1, \"x\"", Value = 1.5, ValueText = "" }] };

        foreach (string culture in new[] { "", "de-DE", "tr-TR" })
            Assert.EndsWith("\n\"'=1+1, \"\"x\"\"\",1.5,,\n", Cultures.In(culture, () => Table(chart)), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_folder_of_figures_holds_a_drawing_and_a_table_of_each_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string figures = folder.File("figures");

        FigureFiles.Replace(figures, [new("old", SampleFigures.Line)]);
        FigureFiles.Replace(figures, [new("loss", SampleFigures.Line), new("map-2", SampleFigures.Heat)]);

        Assert.Equal(["loss.csv", "loss.svg", "map-2.csv", "map-2.svg"], Directory.GetFiles(figures).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Table(SampleFigures.Line), File.ReadAllText(Path.Combine(figures, "loss.csv")));
        Assert.StartsWith("<svg xmlns=", File.ReadAllText(Path.Combine(figures, "loss.svg")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("Layer 1")]
    [Trait("Kind", "property")]
    public void A_name_that_is_no_file_name_everywhere_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new NamedFigure(name, SampleFigures.Line));

    [Fact]
    [Trait("Kind", "property")]
    public void Any_text_makes_a_file_name()
    {
        Assert.Equal("circuit-every-wire", FigureText.FileName("circuit, every wire"));
        Assert.Equal("layer-1-ir-drop", FigureText.FileName("Layer 1: IR drop"));
        Assert.Equal("s", FigureText.FileName("../µS"));
    }

    private static string First(Figure figure, int lines) => string.Concat(Table(figure).Split('\n').Take(lines).Select(l => l + "\n"));

    private static string Table(Figure figure)
    {
        using var writer = new StringWriter();
        FigureData.Write(figure, writer);
        return writer.ToString();
    }
}
