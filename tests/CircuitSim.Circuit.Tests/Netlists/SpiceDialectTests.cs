using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Netlists.Dialects;
using CircuitSim.Circuit.Netlists.Waveforms;
using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Netlists;

public sealed class SpiceDialectTests
{
    public static TheoryData<string> Names => [.. SpiceDialect.All.Select(d => d.Name)];

    // ngspice reads quoted VOL= and CUR=, ** and B sources as HSPICE, LTspice and Xyce write them; control statements it does not know are set aside.
    public static TheoryData<string> ReadableByNgspice => ["ltspice", "hspice", "xyce"];

    [Theory]
    [Trait("Kind", "golden")]
    [MemberData(nameof(Names))]
    public void A_small_network_is_written_in_every_dialect(string name)
    {
        SpiceDialect dialect = SpiceDialect.Find(name)!;

        Golden.Matches($"tests/CircuitSim.Circuit.Tests/Golden/dialects/{name}{dialect.Extension}", SpiceWriter.ToText(Network(), dialect));
    }

    [SkippableTheory]
    [Trait("Kind", "peer")]
    [MemberData(nameof(ReadableByNgspice))]
    public void Sources_of_dialects_that_ngspice_reads_give_its_voltages(string name)
    {
        Ngspice.SkipUnlessInstalled();
        NgspiceEngine ngspice = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;
        using var folder = new TemporaryFolder();
        Netlist netlist = Network() with { Analyses = [new OperatingPointAnalysis()], Measures = [], SavedVectors = [] };

        OperatingPoint expected = Solve(SpiceDialect.Ngspice, []);
        OperatingPoint actual = Solve(SpiceDialect.Find(name)!, [".options", ".option", ".print", ".temp"]);

        // ngspice turns CUR= into a source with a node of its own.
        Assert.Equal(expected.NodeVolts.Keys.Order(), actual.NodeVolts.Keys.Where(n => !n.EndsWith("_int1", StringComparison.Ordinal)).Order());
        // Both runs stop at a relative change of 1e-12.
        foreach ((string node, double volts) in expected.NodeVolts) Close.Numbers(volts, actual.NodeVolts[node], absolute: 1e-11, what: node);

        OperatingPoint Solve(SpiceDialect dialect, string[] strange)
        {
            IEnumerable<string> lines = SpiceWriter.ToText(netlist, dialect).Split('\n').Where(l => !strange.Any(s => l.StartsWith(s, StringComparison.Ordinal)));
            string tolerances = strange.Length > 0 ? "\n.options reltol=1e-12 vntol=1e-11 abstol=1e-21 gmin=1e-21\n.end\n" : "\n.end\n";
            // ngspice has no double backslash inside quotes.
            string text = string.Join('\n', lines).Replace("\\\\\n", "", StringComparison.Ordinal).Replace("\n.end\n", tolerances, StringComparison.Ordinal);
            string path = folder.File($"{dialect.Name}.cir");
            File.WriteAllText(path, text);
            return ngspice.SolveDeckFile(path, EngineOptions.Tight).Analyses.OfType<OperatingPoint>().Single();
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("ngspice", "v(a)^2 + ln(v(a)) + (v(a) > 0 ? 1 : 2)", "v(a)^2+ln(v(a))+(v(a)>0 ? 1 : 2)")]
    [InlineData("xyce", "v(a)^2 + ln(v(a)) + (v(a) > 0 && v(b) > 0 ? 1 : 2)", "v(a)**2+ln(v(a))+(v(a)>0&v(b)>0 ? 1 : 2)")]
    [InlineData("xyce", "log(v(a))", "ln(v(a))")]
    [InlineData("ltspice", "v(a)^3 + (v(a) > 0 ? 1 : 2)", "abs(v(a))**3+if(v(a)>0,1,2)")]
    [InlineData("hspice", "v(a)^2 + ln(v(a))", "v(a)**2+log(v(a))")]
    [InlineData("spectre", "(v(a)+1)^2 + i(vx)", "pow((v(a)+1),2)+i(\"vx:1\")")]
    public void Expressions_keep_their_meaning(string name, string expression, string expected)
    {
        string text = SpiceWriter.ToText(Deck(expression), SpiceDialect.Find(name)!);

        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("spectre", "u(v(a))")]
    [InlineData("xyce", "nint(v(a))")]
    [InlineData("hspice", "atanh(v(a))")]
    public void What_a_dialect_has_no_word_for_is_refused(string name, string expression)
    {
        var e = Assert.Throws<InvalidDesignException>(() => SpiceWriter.ToText(Deck(expression), SpiceDialect.Find(name)!));

        Assert.Contains("has no form in", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Numbers_in_expressions_of_hspice_become_parameters_beyond_single_precision()
    {
        string text = SpiceWriter.ToText(Deck("1.23456789*v(a) + 0.5*v(b)"), SpiceDialect.Find("hspice")!);

        Assert.Contains(".param digits_1=1.23456789\n", text, StringComparison.Ordinal);
        Assert.Contains("cur='digits_1*v(a)+0.5*v(b)'", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Lines_of_hspice_stay_short_and_fold_back_to_the_whole()
    {
        string sum = string.Join(" + ", Enumerable.Range(1, 200).Select(i => $"0.25*v(n{i})"));
        var wave = new PiecewiseLinearWaveform([.. Enumerable.Range(0, 400).Select(i => (1e-9 * i, 0.001 * i))]);
        Netlist netlist = Deck(sum) with { Elements = [.. Deck(sum).Elements, new VoltageSource("vw", "w", "0", new SourceValue { Waveform = wave })] };

        string text = SpiceWriter.ToText(netlist, SpiceDialect.Find("hspice")!);

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 300));
        string whole = text.Replace("\\\\\n", "", StringComparison.Ordinal).Replace("\n+", "", StringComparison.Ordinal);
        Assert.Contains($"cur='{sum.Replace(" ", "", StringComparison.Ordinal)}'", whole, StringComparison.Ordinal);
        Assert.Contains(wave.DeckText, whole, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Options_without_a_counterpart_are_told()
    {
        Netlist netlist = Deck("v(a)") with { Options = new Dictionary<string, string> { ["reltol"] = "1e-9", ["chgtol"] = "1e-20" } };

        string text = SpiceWriter.ToText(netlist, SpiceDialect.Find("spectre")!);

        Assert.Contains("// ngspice's option chgtol=1e-20 is left out", text, StringComparison.Ordinal);
        Assert.Contains("options reltol=1e-9", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_deck_of_xyce_holds_one_analysis_and_prints_every_node()
    {
        SpiceDialect xyce = SpiceDialect.Find("xyce")!;
        Netlist one = Deck("v(a)") with { Analyses = [new OperatingPointAnalysis()] };

        Assert.EndsWith(".op\n.print dc format=csv width=26 precision=17 v(*)\n.end\n", SpiceWriter.ToText(one, xyce), StringComparison.Ordinal);
        Assert.Throws<InvalidDesignException>(() => SpiceWriter.ToText(one with { Analyses = [.. one.Analyses, new TransientAnalysis(1e-9, 1e-8)] }, xyce));
    }

    private static Netlist Deck(string expression) => new()
    {
        Title = "t",
        Elements =
        [
            new VoltageSource("vx", "a", "0", 1),
            new Resistor("r1", "b", "0", 1),
            new BehaviouralSource("b1", "b", "0", false, Expression.Parse(expression)),
        ],
    };

    /// <summary>One input, one neuron, one output, with wires, capacitances, a step at the input, and measures.</summary>
    private static Netlist Network()
    {
        double[] first = [1e-6, 0.2e-6, 0.5e-6, 0.3e-6], second = [0.4e-6, 0.9e-6, 0.2e-6, 0.6e-6];
        var circuit = new NetworkCircuit(0.5, InverterModel.EkvPhax90,
            [new LayerCircuit(Crossbar(first)), new LayerCircuit(Crossbar(second))]);
        Netlist netlist = Elaborator.Elaborate(circuit, [0.1], new ElaborationOptions
        {
            Title = "One neuron and one output",
            Capacitances = new NetworkCapacitances { WordLineSegmentFarads = 2e-16, BitLineSegmentFarads = 2e-16, GateFarads = 3e-15 },
        });
        var step = new PiecewiseLinearWaveform([(0, 0.1), (1e-11, -0.1)]);
        return netlist with
        {
            Elements = [.. netlist.Elements.Select(e => e is VoltageSource { Name: "vin1_p" } v ? v with { Value = new SourceValue { Waveform = step } } : e)],
            Options = new Dictionary<string, string> { ["reltol"] = "1e-12", ["vntol"] = "1e-11", ["abstol"] = "1e-21", ["gmin"] = "1e-21", ["itl1"] = "2000" },
            Analyses = [new TransientAnalysis(1e-10, 1e-8)],
            SavedVectors = ["v(l2_n1)", "i(vvp)"],
            Measures =
            [
                new Measure { Name = "final_l2_n1", Analysis = MeasuredAnalysis.Tran, Kind = MeasureKind.Find, Vector = new MeasureVector('v', 'r', "l2_n1"), Event = new MeasureEvent { At = 1e-8 } },
                new Measure
                {
                    Name = "settled_l2_n1",
                    Analysis = MeasuredAnalysis.Tran,
                    Kind = MeasureKind.When,
                    Event = new MeasureEvent { Vector = new MeasureVector('v', 'r', "l2_n1"), Level = 0.2, Occurrence = 0 },
                    From = 0,
                    To = 1e-8,
                },
            ],
        };

        static CrossbarSpec Crossbar(double[] siemens) => new(4, 1, siemens, 2.5, 2.5, bitLineEnd: BitLineEnd.Open);
    }
}
