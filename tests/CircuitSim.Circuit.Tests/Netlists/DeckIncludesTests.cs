using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Tests.Netlists;

public sealed class DeckIncludesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("circuitsim-includes-").FullName;

    [Fact]
    [Trait("Kind", "closed form")]
    public void Files_are_found_beside_the_one_that_names_them_and_in_the_search_path()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "models"));
        string far = Directory.CreateDirectory(Path.Combine(_folder, "far")).FullName;
        Write("main.cir", "title\n.include models/a.inc\n.include 'c.inc'\nr1 x 0 {ra}\nr3 x 0 {rc}\n.end\n");
        Write("models/a.inc", ".include b.inc\n.param ra={2*rb}\n");
        Write("models/b.inc", "* nothing but a number\n.param rb=5\n");
        Write("far/c.inc", ".param rc=7\n");

        Netlist netlist = SpiceParser.ParseFile(Path.Combine(_folder, "main.cir"), new DeckReadingOptions { IncludeFolders = [far] }).Netlist;

        Assert.Equal([10, 7], netlist.Elements.Cast<Resistor>().Select(r => r.Ohms));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_library_gives_the_section_that_is_asked_for()
    {
        Write("main.cir", "title\n.lib 'corners.lib' FF\nr1 x 0 {r}\n.end\n");
        Write("corners.lib", ".lib tt\n.param r=1\n.endl\n.lib ff\n.param r=2\n.endl ff\n");

        Assert.Equal(2, ((Resistor)SpiceParser.ParseFile(Path.Combine(_folder, "main.cir")).Netlist.Elements[0]).Ohms);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_section_may_take_in_another_section_of_its_file()
    {
        Write("main.cir", "title\n.lib c.lib tt\nr1 x 0 {r}\n.end\n");
        Write("c.lib", ".lib tt\n.param k=2\n.lib 'c.lib' common\n.endl\n.lib common\n.param r={3*k}\n.endl\n.lib loop\n.lib c.lib loop\n.endl\n");

        Assert.Equal(6, ((Resistor)SpiceParser.ParseFile(Path.Combine(_folder, "main.cir")).Netlist.Elements[0]).Ohms);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_name_with_blanks_stands_in_quotes_and_bytes_may_be_latin_1()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "two words"));
        Write("main.cir", "title\n.include \"two words/part two.inc\"\n.end\n");
        File.WriteAllBytes(Path.Combine(_folder, "two words", "part two.inc"), [.. "r1 x 0 10"u8, 0xB5, (byte)'\n']);

        Assert.Equal(1e-5, ((Resistor)SpiceParser.ParseFile(Path.Combine(_folder, "main.cir")).Netlist.Elements[0]).Ohms);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(".lib corners.lib loop", "includes itself")]
    [InlineData(".include a b.inc", "in quotes")]
    [InlineData(".include main.cir", "includes itself")]
    [InlineData(".include missing.inc", "is not found")]
    [InlineData(".lib corners.lib ss", "has no section 'ss'")]
    [InlineData(".lib corners.lib open", "never closed")]
    [InlineData(".include", "expected a file")]
    public void Defects_of_includes_are_named_with_their_line(string statement, string expected)
    {
        Write("main.cir", $"title\nr1 x 0 1\n{statement}\n.end\n");
        Write("corners.lib", ".lib tt\n.endl\n.lib loop\n.lib corners.lib loop\n.endl\n.lib open\n.param r=2\n");

        var error = Assert.Throws<DeckSyntaxException>(() => SpiceParser.ParseFile(Path.Combine(_folder, "main.cir")));

        // The library's loop is found in its own third line.
        Assert.Equal(3 + (expected == "includes itself" && statement.StartsWith(".lib", StringComparison.Ordinal) ? 1 : 0), Assert.Single(error.Errors).Line);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Errors_inside_an_included_file_name_that_file()
    {
        Write("main.cir", "title\n.include bad.inc\n.end\n");
        Write("bad.inc", "r1 a 0 1\nr2 a 0 oops\n");

        DeckDiagnostic error = Assert.Single(Assert.Throws<DeckSyntaxException>(() => SpiceParser.ParseFile(Path.Combine(_folder, "main.cir"))).Errors);

        Assert.EndsWith("bad.inc", error.Path, StringComparison.Ordinal);
        Assert.Equal((2, 8), (error.Line, error.Column));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
