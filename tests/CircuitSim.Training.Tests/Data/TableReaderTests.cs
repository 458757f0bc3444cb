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

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t")]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("?")]
    [InlineData("NaN")]
    [InlineData("n/a")]
    [InlineData("NULL")]
    public void Rows_without_a_class_are_refused_with_all_their_lines(string label)
    {
        InputFileException error = Assert.Throws<InputFileException>(() => Read($"a,kind\n1,x\n2,{label}\n3,y\n4,{label}\n5,x\n6,{label}\n"));

        Assert.Equal((3, 2), (error.Line, error.Column));
        Assert.Contains("3 rows have no class in column 'kind' (line 3, 5, 7)", error.Message, StringComparison.Ordinal);
        Assert.Contains("leave it out", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("?")]
    [InlineData("  ")]
    [InlineData("nan")]
    [InlineData("-Infinity")]
    [InlineData("1e999")]
    public void Features_without_a_number_are_refused_together(string cell)
    {
        InputFileException error = Assert.Throws<InputFileException>(() => Read($"a,kind,b\n1,x,{cell}\n2,y,2\n{cell},x,3\n4,,4\n"));

        Assert.Equal((5, 2), (error.Line, error.Column));
        Assert.Contains("3 problems", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 2: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 4: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("a,,kind\n1,2,x\n", "column 2 has no name")]
    [InlineData("a,  ,kind\n1,2,x\n", "column 2 has no name")]
    [InlineData("a,a,kind\n1,2,x\n", "names a column twice: 'a' is column 1 and column 2")]
    [InlineData("a, a,kind\n1,2,x\n", "names a column twice: 'a' is column 1 and column 2")]
    [InlineData("kind,a,kind\nx,2,x\n", "names a column twice: 'kind' is column 1 and column 3")]
    [InlineData("a,kind\n1,x\n2\n3,y,4\n5,y\n", "2 problems")]
    public void Headers_and_rows_that_leave_a_cell_open_are_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputFileException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    [Trait("Kind", "closed form")]
    public void Blanks_around_cells_make_no_other_class()
    {
        DataSet data = Read(" a , kind\n 1 , yes\n2,yes \n 3,no\n");

        Assert.Equal(["no", "yes"], data.ClassNames);
        Assert.Equal([1, 1, 0], data.Labels.ToArray());
        Assert.Equal(["a"], data.FeatureNames);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_column_of_numbers_as_the_class_is_refused_early()
    {
        string text = "a,kind\n" + string.Concat(Enumerable.Range(0, 150_000).Select(i => FormattableString.Invariant($"{i},{i * 1.37}\n")));

        InputFileException error = Assert.Throws<InputFileException>(() => Read(text));

        Assert.Equal(DataSet.MostClasses + 2, error.Line);
        Assert.Contains("more than 1000 different texts in column 'kind'", error.Message, StringComparison.Ordinal);
        Assert.Contains("label:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Bytes_that_are_no_text_are_refused()
    {
        using var folder = new TestSupport.TemporaryFolder();
        string path = folder.File("table.csv");
        File.WriteAllBytes(path, [.. "a,kind\n1,x\n2,"u8, 0xE4, 0xFF, (byte)'\n']);

        Assert.Contains("no UTF-8", Assert.Throws<InputFileException>(() => TableReader.Read(path, "t", "kind", "test")).Message, StringComparison.Ordinal);
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
