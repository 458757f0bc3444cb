using System.Text;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Tests.Reports;

public sealed class FidelityJsonTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void What_was_written_reads_back_to_the_same_text()
    {
        string text = Text(SyntheticFidelity.Document());
        using var file = new TemporaryFile(text);

        FidelityDocument read = FidelityJson.Read(file.Path);

        Assert.Equal(text, Text(read));
        Assert.Equal(6, read.Layers.Count);
        Assert.Equal(VoltagePairs.MaximumCount, read.Layers[0].Scatter.CircuitVolts.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [Trait("Kind", "golden")]
    public void Text_is_the_same_under_every_culture(string culture)
    {
        string invariant = Cultures.In("", () => Text(SyntheticFidelity.Document()));

        Assert.Equal(invariant, Cultures.In(culture, () => Text(SyntheticFidelity.Document())));
    }

    [Fact]
    [Trait("Kind", "golden")]
    public void Keys_are_camel_case_and_enumerations_are_words()
    {
        string text = Text(SyntheticFidelity.Document());

        Assert.StartsWith("{\n  \"schemaVersion\": 1,\n  \"name\": \"phax-mnist14\",\n", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.Contains("\"differenceMillivolts\": -22.6\n", text, StringComparison.Ordinal);
        Assert.Contains("\"signal\": \"invertedOutput\"", text, StringComparison.Ordinal);
        Assert.Contains("\"wires\": \"asDesigned\"", text, StringComparison.Ordinal);
        Assert.Contains("\"worstVolts\": null", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [Trait("Kind", "property")]
    public void A_number_that_is_not_finite_is_refused_and_nothing_is_written(double value)
    {
        FidelityDocument document = SyntheticFidelity.Document();
        document = document with { Training = document.Training with { Seconds = value } };
        using var stream = new MemoryStream();

        var error = Assert.Throws<ArgumentException>(() => FidelityJson.Write(document, stream));

        Assert.Contains("phax-mnist14", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    [Theory]
    [InlineData("", "not a fidelity document")]
    [InlineData("[1]", "not a fidelity document")]
    [InlineData("{}", "schemaVersion is missing")]
    [InlineData("{\"schemaVersion\": 2}", "reads version 1")]
    [InlineData("{\"schemaVersion\": \"1\"}", "reads version 1")]
    [InlineData("{\"schemaVersion\": 1, \"nam\": \"x\"}", "nam")]
    [InlineData("{\"schemaVersion\": 1, \"name\": null}", "name")]
    [InlineData("{\"schemaVersion\": 1, \"name\": \"x\"}", "missing")]
    [Trait("Kind", "property")]
    public void A_bad_file_is_named_with_what_is_wrong(string text, string expected)
    {
        using var file = new TemporaryFile(text);

        var error = Assert.Throws<InputFileException>(() => FidelityJson.Read(file.Path));

        Assert.Equal(file.Path, error.Path);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Lists_that_do_not_fit_each_other_are_an_error_of_the_file()
    {
        string text = Text(SyntheticFidelity.Document() with { Confusions = [new() { EngineName = "native", Counts = [[1]] }] });
        using var file = new TemporaryFile(text);

        var error = Assert.Throws<InputFileException>(() => FidelityJson.Read(file.Path));

        Assert.Contains("'native' is not 10 x 10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_missing_file_is_a_typed_error() =>
        Assert.Throws<InputFileException>(() => FidelityJson.Read(Path.Combine(Path.GetTempPath(), "no-such-fidelity.json")));

    private static string Text(FidelityDocument document)
    {
        using var stream = new MemoryStream();
        FidelityJson.Write(document, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());

        public void Dispose() => File.Delete(Path);
    }
}
