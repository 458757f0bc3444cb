using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>Decks on their way to a simulator that reads them itself: the author's text, and nothing that could run a command.</summary>
public sealed class RefereeDeckTests : IDisposable
{
    private static readonly Dictionary<string, string> None = [];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Ngspice_is_given_the_deck_s_own_text_and_not_what_we_read_of_it()
    {
        Ngspice.SkipUnlessInstalled();
        File.WriteAllText(_folder.File("nested.cir"), """
            A parameter of the calling subcircuit
            .param g=1m
            .subckt leaf a b
            r1 a b {1/g}
            .ends
            .subckt stem a b g=2m
            x1 a b leaf
            .ends
            v1 in 0 1
            x1 in 0 stem g=8m
            .op
            .end

            """);
        // What our reader would have to say were it to overlook the parameter of the call.
        var misread = new Netlist { Title = "t", Elements = [new VoltageSource("v1", "in", "0", 1), new Resistor("r1", "in", "0", 1000)], Analyses = [new OperatingPointAnalysis()] };

        var point = (OperatingPoint)Engine().SolveDeckFile(_folder.File("nested.cir"), misread, EngineOptions.Default).Analyses[0];

        // ngspice 39.3 and 45.2 print 8 mA; a double holds it to 16 digits and ngspice's gmin adds a picosiemens.
        Assert.Equal(-8e-3, point.BranchAmps["v1"], 1e-11);
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Included_files_and_library_sections_go_along_as_text()
    {
        Ngspice.SkipUnlessInstalled();
        Directory.CreateDirectory(_folder.File("a folder"));
        File.WriteAllText(_folder.File("a folder/part two.inc"), "r2 b 0 {r}\n.end\nr3 b 0 3k\n");
        File.WriteAllText(_folder.File("a folder/corners.lib"), ".lib typical\n.param r=3k\n.lib 'corners.lib' shared\n.endl\n.lib fast\n.param r=1\n.endl\n.lib shared\nr4 b 0 3k\n.endl\n");
        File.WriteAllText(_folder.File("deck.cir"), "t\nv1 a 0 2\nr1 a b 1k\n  .include \"a folder/part two.inc\"\n.LIB 'a folder/corners.lib' Typical\n.op\n.end\n");

        var point = (OperatingPoint)Engine().SolveDeckFile(_folder.File("deck.cir"), EngineOptions.Default).Analyses[0];

        // Three resistors of 3 kilohm in parallel below one of 1 kilohm: a half of 2 V; reltol is 1e-3, but the circuit is linear.
        Assert.Equal(1, point.NodeVolts["b"], 1e-9);
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Analyses_come_back_in_the_deck_s_order_and_tight_tolerances_overrule_the_deck()
    {
        Ngspice.SkipUnlessInstalled();
        const string text = "t\nv1 a 0 1 ac 1\nr1 a b 1k\nd1 b 0 dm\nc1 b 0 1n\n.model dm d\n.options reltol=0.1 vntol=1e-2 gmin=1e-6\n.dc v1 0 1 0.5\n.op\n.ac dec 1 1k 10k\n.op\n.end\n";
        File.WriteAllText(_folder.File("deck.cir"), text);

        IReadOnlyList<AnalysisResult> loose = Engine().SolveDeckFile(_folder.File("deck.cir"), EngineOptions.Default).Analyses;
        IReadOnlyList<AnalysisResult> tight = Engine().SolveDeckFile(_folder.File("deck.cir"), EngineOptions.Tight).Analyses;

        Assert.Equal([typeof(DcSweepResult), typeof(OperatingPoint), typeof(AcResult), typeof(OperatingPoint)], tight.Select(a => a.GetType()));
        // I = Is (exp(V/Vt) - 1) with Is = 1e-14 A: the diode's voltage under 1 V and 1 kilohm, solved by fixed-point iteration to 1e-12.
        double volts = ((OperatingPoint)tight[1]).NodeVolts["b"], thermal = 8.617333262e-5 * 300.15;
        Assert.Equal(0, 1e-14 * (Math.Exp(volts / thermal) - 1) - (1 - volts) / 1000, 1e-7);
        Assert.NotEqual(volts, ((OperatingPoint)loose[1]).NodeVolts["b"], 1e-12);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("r1 `touch x` 0 1", "a back quote")]
    [InlineData("r1 a 0 1 ; `touch x`", "a back quote")]
    [InlineData("a1 a b pipe\n.model pipe d_process(process_file=\"/bin/sh\")", "d_process")]
    [InlineData("a1 [a] [b] null cosim\n.model cosim d_cosim(simulation=\"x.so\")", "d_cosim")]
    [InlineData("a1 a src\n.model src filesource(file=\"/etc/passwd\")", "names a file")]
    [InlineData("a1 a src\n.model src d_source (input_file = \"/etc/passwd\")", "names a file")]
    [InlineData(".csh touch x", "begins with '.csh'")]
    [InlineData(".controlled\nshell touch x", "begins with '.controlled'")]
    [InlineData("@shell", "begins with '@shell'")]
    [InlineData("!touch x", "begins with '!touch'")]
    [InlineData("=1", "begins with ''")]
    [InlineData("r1 a 0 1 \\\\\nshell touch x", "two backslashes")]
    [InlineData("r1 a 0\0 1", "a control character (code 0)")]
    [InlineData("r1 a 0 1\rshell touch x", "a control character (code 13)")]
    [InlineData(".include missing.inc", "not found")]
    [InlineData(".lib missing.lib tt", "not found")]
    [InlineData(".include", "names no file")]
    public void What_could_run_a_command_or_reach_a_file_is_refused_with_its_line(string body, string reason)
    {
        InputFileException error = Assert.Throws<InputFileException>(() => RefereeDeck.Parse($"title\nv1 a 0 1\n{body}\n.op\n.end\n", _folder.File("deck.cir")));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Line);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Title_comments_control_block_and_statements_that_print_do_not_go_along()
    {
        RefereeDeck deck = RefereeDeck.Parse(
            "*ng_script\n*# shell touch x\n* `touch x`\nv1 a 0 1\nr1 a\n* between\n+ 0 1k $ what `is` left\n".Replace("`is`", "is", StringComparison.Ordinal)
            + ".csparam x='1'\n.print dc v(a)\n.meas dc m max v(a)\n  .CONTROL\nshell touch x\n.endc\n.dc v1 0 1 1\n.end\nshell touch x\n", "deck.cir");

        string text = deck.ToText(0, None, new Dictionary<string, string> { ["klu"] = "", ["reltol"] = "1e-9" }, keepsSaved: true);

        Assert.Equal("circuitsim\nv1 a 0 1\nr1 a\n+ 0 1k $ what is left\n.dc v1 0 1 1\n.options klu\n.options reltol=1e-9\n.end\n", text);
        Assert.Equal(2, deck.LeftOut.Count);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_file_that_includes_itself_or_is_no_regular_file_is_refused()
    {
        File.WriteAllText(_folder.File("loop.inc"), ".include loop.inc\n");

        Assert.Contains("within itself", Error(".include loop.inc"), StringComparison.Ordinal);
        if (OperatingSystem.IsWindows()) return;
        Assert.Contains("outside the deck's folder", Error(".include /dev/zero"), StringComparison.Ordinal);
        Assert.Contains("no regular file", Error(".include /dev/zero", new DeckTrust { Folders = ["/dev"] }), StringComparison.Ordinal);

        string Error(string line, DeckTrust? trust = null)
            => Assert.Throws<InputFileException>(() => RefereeDeck.Parse($"t\n{line}\n.op\n.end\n", _folder.File("deck.cir"), trust)).Message;
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_deck_without_analysis_is_refused()
    {
        File.WriteAllText(_folder.File("deck.cir"), "t\nv1 a 0 1\n.control\nop\n.endc\n.end\n");

        Assert.Contains("no analysis", Assert.Throws<InputFileException>(() => new NgspiceEngine("ngspice").SolveDeckFile(_folder.File("deck.cir"), EngineOptions.Default)).Message, StringComparison.Ordinal);
    }

    private static NgspiceEngine Engine() => NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;
}
