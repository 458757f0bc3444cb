using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Training.Data;

namespace CircuitSim.Training.Tests.Data;

public sealed class TableReaderTests
{
    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Numbers_are_read_the_same_under_every_culture(string culture)
    {
        CultureInfo kept = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            DataSet data = Read("a,kind,b\n1.5,yes,-2e-3\n\"3\",no,4\n");

            Assert.Equal([1.5, -2e-3, 3, 4], data.Inputs.ToArray());
            Assert.Equal([1, 0], data.Labels.ToArray());
            Assert.Equal(["no", "yes"], data.ClassNames);
            Assert.Equal(["a", "b"], data.FeatureNames);
        }
        finally
        {
            CultureInfo.CurrentCulture = kept;
        }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("a,kind,b\n1,yes,2\n1,no,x\n", 3, 3, "'x'")]
    [InlineData("a,kind,b\n1,yes,NaN\n", 2, 3, "finite")]
    [InlineData("a,kind,b\nInfinity,yes,1\n", 2, 1, "finite")]
    [InlineData("a,kind,b\n,yes,1\n", 2, 1, "finite")]
    [InlineData("a,kind,b\n\"1,5\",yes,1\n", 2, 1, "decimal point")]
    [InlineData("a,kind,b\n1,yes\n", 2, null, "2 cells")]
    [InlineData("a,b\n1,2\n", 1, null, "no column 'kind'")]
    [InlineData("a,kind,b\n", 2, null, "no rows")]
    [InlineData("", 1, null, "empty")]
    [InlineData("a,kind,b\n1,yes,\"2\n", 2, null, "well-formed")]
    public void A_bad_cell_is_refused_with_file_line_and_column(string text, int line, int? column, string message)
    {
        InputFileException error = Assert.Throws<InputFileException>(() => Read(text));

        Assert.Equal(("table.csv", line, column), (error.Path, error.Line, error.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_class_outside_the_given_names_is_refused()
    {
        using var reader = new StringReader("a,kind\n1,maybe\n");

        InputFileException error = Assert.Throws<InputFileException>(
            () => TableReader.Read(reader, "table.csv", "t", "kind", "test", ["no", "yes"]));

        Assert.Equal((2, 2), (error.Line, error.Column));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_missing_file_is_named() =>
        Assert.Equal("/no/such.csv", Assert.Throws<InputFileException>(() => TableReader.Read("/no/such.csv", "t", "kind", "test")).Path);

    private static DataSet Read(string text)
    {
        using var reader = new StringReader(text);
        return TableReader.Read(reader, "table.csv", "t", "kind", "test");
    }
}
