using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Tests.Netlists;

public sealed class SpiceParserTests
{
    [Fact]
    [Trait("Kind", "closed form")]
    public void Reads_elements_subcircuits_analyses_and_options()
    {
        SpiceDeck deck = SpiceParser.Parse("""
            Divider
            * a comment of the header
            V1 IN GND 1.0 ; the source
            R1 in out
            + 1k
            xload out 0 load $ a subcircuit
            .subckt load a b
            Rl a b r=2k
            B1 a b I=1u*(V(a,b)^2)
            .ends load
            .options reltol=1e-6 noacct
            .op
            .print op v(out) i(v1)
            .end
            this is behind the end
            """, "divider.cir");

        Netlist netlist = deck.Netlist;
        Assert.Equal("Divider", netlist.Title);
        Assert.Equal(["a comment of the header"], netlist.HeaderComments);
        Assert.Equal(["v1", "r1", "xload"], netlist.Elements.Select(e => e.Name));
        Assert.Equal(["in", "0"], netlist.Elements[0].Nodes);
        Assert.Equal(1000, Assert.IsType<Resistor>(netlist.Elements[1]).Ohms);
        Assert.Equal("1e-6*v(a,b)^2", Assert.IsType<BehaviouralSource>(Assert.Single(netlist.Subcircuits).Elements[1]).Value.Text);
        Assert.Equal(["v(out)", "i(v1)"], netlist.SavedVectors);
        Assert.Equal("1e-6", netlist.Options["reltol"]);
        Assert.IsType<OperatingPointAnalysis>(Assert.Single(netlist.Analyses));
        Assert.Empty(deck.Warnings);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Every_error_is_listed_in_the_order_of_the_file_with_line_and_column()
    {
        var error = Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse("""
            Errors
            r1 a 0 1..5
            r2 a 0
            v1 a 0
            + dc oops
            b1 a 0 i=v(a)*)
            q1 c b e npn
            x1 a 0 missing
            .frobnicate
            r1 a 0 0
            .end
            """, "errors.cir"));

        Assert.Equal(
            [(2, 8), (3, 7), (5, 6), (6, 15), (7, 1), (8, 8), (9, 1), (10, 8)],
            error.Errors.Select(e => (e.Line, e.Column)));
        Assert.All(error.Errors, e => Assert.Equal("errors.cir", e.Path));
        Assert.Contains("expected a resistance", error.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("--engine ngspice", error.Errors[4].Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Control_blocks_are_kept_and_warned_about()
    {
        SpiceDeck deck = SpiceParser.Parse("t\nr1 a 0 1k\nv1 a 0 1\n.control\nrun $ x\nprint v(a)\n.endc\n.end\n", "c.cir");

        Assert.Equal(["run $ x", "print v(a)"], deck.ControlLines);
        Assert.Equal(4, Assert.Single(deck.Warnings).Line);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Parameters_may_be_used_before_they_are_defined_and_instances_may_change_them()
    {
        SpiceDeck deck = SpiceParser.Parse("""
            Parameters
            v1 a 0 {2*vdd}
            .param vdd={half*2} half=0.25
            .func twice(x) {2*x}
            x1 a 0 load
            x2 a 0 load r={twice(500)}
            x3 a 0 load r=1k
            .subckt load p n r=3k
            r1 p n {r}
            b1 p n i=v(p,n)/{r} + twice(vdd)
            .ends
            .end
            """, "parameters.cir");

        Assert.Equal(1, Assert.IsType<VoltageSource>(deck.Netlist.Elements[0]).Volts);
        Assert.Equal(["load", "load__2"], deck.Netlist.Subcircuits.Select(s => s.Name));
        Assert.Equal([3000, 1000], deck.Netlist.Subcircuits.Select(s => ((Resistor)s.Elements[0]).Ohms));
        Assert.Equal(["load", "load__2", "load__2"], deck.Netlist.Elements.OfType<SubcircuitCall>().Select(x => x.Subcircuit));
        Assert.Equal("v(p,n)/1000+2*0.5", ((BehaviouralSource)deck.Netlist.Subcircuits[1].Elements[1]).Value.Text);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void E_and_G_may_hold_an_expression()
    {
        SpiceDeck deck = SpiceParser.Parse("t\ne1 a 0 vol='2*v(b)'\ng1 b 0 value={v(b)*1m}\n", "t.cir");

        Assert.Equal([("2*v(b)", true), ("v(b)*0.001", false)], deck.Netlist.Elements.Cast<BehaviouralSource>().Select(b => (b.Value.Text, b.IsVoltage)));
        Assert.Contains("e1 a 0 vol='2*v(b)'\ng1 b 0 cur='v(b)*0.001'\n", SpiceWriter.ToText(deck.Netlist), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(".param a={b} b={a}\nr1 x 0 {a}", "defined by itself")]
    [InlineData(".func f(x) {f(x)}\nr1 x 0 {f(1)}", "calls itself")]
    [InlineData(".subckt s a\nx1 a s\n.ends\nx1 a s", "calls itself")]
    [InlineData("r1 x 0 {1/", "never closed")]
    [InlineData("r1 x 0 {unknown}", "'unknown'")]
    [InlineData(".subckt s a\nr1 a 0 1", "never closed")]
    [InlineData(".ends", "no .subckt is open")]
    [InlineData("x1 a s k=1\n.subckt s a\nr1 a 0 1\n.ends", "no parameter 'k'")]
    [InlineData("+ 1k", "none above")]
    public void Defects_of_structure_are_named(string body, string expected)
    {
        var error = Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse($"title\n{body}\n", "d.cir"));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_missing_file_is_an_input_error()
        => Assert.Throws<InputFileException>(() => SpiceParser.ParseFile(Path.Combine("no", "such.cir")));
    [Fact]
    [Trait("Kind", "closed form")]
    public void A_negative_resistance_is_read_with_a_warning()
    {
        SpiceDeck deck = SpiceParser.Parse("t\nv1 a 0 1\nr1 a b 1k\nr2 b 0 -3k\n", "t.cir");

        Assert.Equal(-3000, deck.Netlist.Elements.OfType<Resistor>().Last().Ohms);
        Assert.StartsWith("t.cir(4,8): r2 has a negative resistance, -3000 ohm", Assert.Single(deck.Warnings).ToString(), StringComparison.Ordinal);
    }

}
