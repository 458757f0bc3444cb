using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;

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
            r1 a 0 0 1
            .end
            """, "errors.cir"));

        Assert.Equal(
            [(2, 8), (3, 7), (5, 6), (6, 15), (7, 1), (8, 8), (9, 1), (10, 10)],
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
        Assert.Equal(deck.Warnings, deck.LeftOut);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("", "tran 1u 10u", "put it into a statement, .tran 1u 10u")]
    [InlineData(".op", "tran 1u 10u uic", "tran is asked for between")]
    [InlineData(".tran 1u 10u", "tran 1u 20u", "tran is asked for between")]
    [InlineData(".op", "noise v(a) v1 dec 1 1 10", "noise is asked for between")]
    [InlineData(".op", "alter r1=2k", "alter changes the circuit")]
    public void Analyses_that_only_a_control_block_asks_for_are_refused(string statement, string command, string expected)
    {
        string deck = $"t\nv1 a 0 1\nr1 a 0 1k\n{statement}\n.control\n{command}\nprint v(a)\n.endc\n.end\n";

        DeckDiagnostic error = Assert.Single(Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse(deck, "c.cir")).Errors);

        Assert.Equal(6, error.Line);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_control_block_may_run_what_the_statements_ask_for()
        => Assert.Equal(3, SpiceParser.Parse("t\nv1 a 0 1\nr1 a 0 1k\n.tran 1u 10u\n.op\n.control\nop\ntran 1e-6 1e-5\nplot v(a)\n.endc\n.end\n", "c.cir").ControlLines.Count);

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("i1 0 a 2A", 8)]
    [InlineData("i1 0 a dc 2Amp", 11)]
    [InlineData("b1 0 a i=2A*1", 10)]
    [InlineData("i1 0 a {x}\n.param x=2A", 10)]
    [InlineData("x1 a s k=2A\n.subckt s a k=1\ni1 0 a {k}\n.ends", 10)]
    public void A_number_with_a_is_read_as_atto_with_a_warning(string body, int column)
    {
        Netlist netlist = SpiceParser.Parse($"t\nr1 a 0 1\n{body}\n", "t.cir").Netlist;
        DeckDiagnostic warning = Assert.Single(SpiceParser.Parse($"t\nr1 a 0 1\n{body}\n", "t.cir").Warnings);

        var point = (OperatingPoint)new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses[0];

        // One ohm and two attoamperes, to gmin.
        Close.Numbers(2e-18, point.NodeVolts["a"], 0, 1e-9);
        Assert.Equal(column, warning.Column);
        Assert.Contains("atto", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("b1 b 0 v=v(a)*hertz\nr2 b 0 1", "run the deck with --engine ngspice")]
    [InlineData("b1 b 0 v=v(a)*hertz\nr2 b 0 1\n.param hertz=3", "cannot be a parameter")]
    [InlineData("x1 b s\n.subckt s b hertz=2\nr2 b 0 1\n.ends", "cannot be a parameter")]
    [InlineData(".param time=3", "the simulation time")]
    [InlineData("r2 a 0 {1+time}", "cannot depend on time")]
    public void Names_of_quantities_of_the_simulation_are_no_parameters(string body, string expected)
        => Assert.Contains(expected, Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse($"t\nv1 a 0 1\nr1 a 0 1\n{body}\n", "t.cir")).Message, StringComparison.Ordinal);

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("b1 o 0 v=(v(a)+1)*2", 6)]
    [InlineData("b1 0 o i=(v(a)/120)/(0.1)", 2 / 12.0)]
    [InlineData("g1 0 o cur='(v(a)+1)*1m'", 3e-3)]
    [InlineData("e1 o 0 value=(v(a)-0.5)*2", 3)]
    [InlineData("b1 o 0 v=(v(a)>1)*3", 3)]
    [InlineData("b1 o 0 v=v(a,gnd)-v(gnd)+1", 3)]
    [InlineData("b1 o 0 v=v(x1.m)*2", 4)]
    [InlineData("b1 o 0 v=i(v.x1.vs)*1k", 2)]
    [InlineData("h1 o 0 v.x1.vs 1k", 2)]
    [InlineData("v2 o 0 level\n.param level=7", 7)]
    public void Expressions_and_references_that_others_write_are_read(string source, double expected)
    {
        Netlist netlist = SpiceParser.Parse($"t\nv1 a 0 2\nro o 0 1\nx1 a 0 s\n.subckt s a b\nvs a m 0\nr1 m b 1k\n.ends\n{source}\n", "t.cir").Netlist;

        var point = (OperatingPoint)new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses[0];

        // A few roundings, and gmin of 1e-21 S across one ohm.
        Close.Numbers(expected, point.NodeVolts["o"], 0, 1e-12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_reference_into_a_subcircuit_has_the_name_of_ngspice_when_it_is_written()
    {
        Netlist netlist = SpiceParser.Parse("t\nx1 a s\nr1 a 0 1k\nf1 0 c v.x1.vi 2\nr2 c 0 1k\nb1 d 0 v=i(v.x1.vi)\n.subckt s p\nvi p 0 1\n.ends\n.save i(v.x1.vi)\n.dc v.x1.vi 0 2 1\n", "t.cir").Netlist;

        string text = SpiceWriter.ToText(netlist);

        Assert.Equal(["x1.vi"], ((DcSweepResult)new NativeEngine().Solve(netlist, EngineOptions.Default).Analyses[0]).BranchAmps.Keys);
        foreach (string line in new[] { "f1 0 c v.x1.vi 2", "b1 d 0 v=i(v.x1.vi)", ".dc v.x1.vi 0 2 1", ".save i(v.x1.vi)" }) Assert.Contains(line + "\n", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void What_print_cannot_show_is_left_out_and_said()
    {
        SpiceDeck deck = SpiceParser.Parse("t\nv1 a 0 1\nr1 a 0 1k\n.op\n.print tran format=raw v(a) vdb(a) {v(a)*2}\n.plot v(a)\n", "t.cir");

        Assert.Equal(["v(a)"], deck.Netlist.SavedVectors);
        Assert.Equal([(5, 13), (5, 29), (5, 36), (6, 1)], deck.LeftOut.Select(w => (w.Line, w.Column)));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_resistor_of_0_ohm_is_a_milliohm_with_a_warning()
    {
        SpiceDeck deck = SpiceParser.Parse("t\nv1 a 0 3\nr1 a b 0\nr2 b 0 1k\n", "t.cir");

        Assert.Equal(1e-3, deck.Netlist.Elements.OfType<Resistor>().First().Ohms);
        Assert.StartsWith("t.cir(3,8): r1 has 0 ohm", Assert.Single(deck.Warnings).ToString(), StringComparison.Ordinal);
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
