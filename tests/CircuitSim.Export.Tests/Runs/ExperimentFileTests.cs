using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;

namespace CircuitSim.Export.Tests.Runs;

public class ExperimentFileTests
{
    private const string Minimal = "name: a\ndata: { set: iris }\nnetwork: { layers: [4, 4, 3] }\n";

    public static TheoryData<string> Shipped => [.. ShippedExperiments.Names];

    [Theory]
    [Trait("Kind", "property")]
    [MemberData(nameof(Shipped))]
    public void Writing_and_reading_back_a_shipped_experiment_gives_the_same_text(string name)
    {
        string once = Write(ShippedExperiments.Find(name)!);
        string twice = Write(ExperimentFile.Parse(once, "resolved.yaml"));

        Assert.Equal(once, twice);
    }

    [Theory]
    [Trait("Kind", "golden")]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Text_is_the_same_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            string text = Write(ExperimentFile.Parse(Minimal, "a.yaml"));

            Assert.Contains("learning_rate: 0.01,", text, StringComparison.Ordinal);
            Assert.Contains("layers: [4, 4, 3]", text, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("trian: { epochs: 3 }", 4, "did you mean 'train'")]
    [InlineData("train: { epoch: 3 }", 4, "did you mean 'epochs'")]
    [InlineData("train: { epochs: 0 }", 4, "whole number of at least 1")]
    [InlineData("train: { learning_rate: -1 }", 4, "a positive number")]
    [InlineData("train: { learning_rate: nan }", 4, "a positive number")]
    [InlineData("train: { optimizer: adamm }", 4, "did you mean 'adam'")]
    [InlineData("circuit: { segment_ohms: -1 }", 4, "at least 0")]
    [InlineData("circuit: { supply_volts: 0 }", 4, "positive number of volts")]
    [InlineData("circuit: { inverter: ekv-asym }", 4, "did you mean 'ekv-sym'")]
    [InlineData("device: { card: unobtainium }", 4, "generic")]
    [InlineData("check: { against: [spectre] }", 4, "allowed: behavioural, ngspice")]
    [InlineData("export: { samples: [-1] }", 4, "at least 0")]
    [InlineData("seed: -3", 4, "whole number from 0")]
    [InlineData("train: [1", 5, "not YAML")]
    public void A_mistake_is_named_with_its_line_and_what_is_allowed(string line, int expectedLine, string expected)
    {
        var e = Assert.Throws<InputFileException>(() => ExperimentFile.Parse(Minimal + line + "\n", "my.yaml"));

        Assert.Equal(expectedLine, e.Line);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("my.yaml(", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void All_mistakes_are_listed_at_once()
    {
        var e = Assert.Throws<InputFileException>(
            () => ExperimentFile.Parse("name: ../evil\ndata: { train: 2 }\nnetwork: { layers: [4] }\n", "my.yaml"));

        Assert.Contains("4 problems", e.Message, StringComparison.Ordinal);
        Assert.Contains("'../evil' names a folder", e.Message, StringComparison.Ordinal);
        Assert.Contains("'set' is missing", e.Message, StringComparison.Ordinal);
        Assert.Contains("between 0 and 1", e.Message, StringComparison.Ordinal);
        Assert.Contains("at least 2 are needed", e.Message, StringComparison.Ordinal);
    }

    private static string Write(Experiment experiment)
    {
        using var writer = new StringWriter();
        ExperimentFile.Write(writer, experiment);
        return writer.ToString();
    }
}
