using System.Globalization;
using System.Text.RegularExpressions;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Engines;

public sealed partial class MeasureTests
{
    private const string Low = "v1 a 0 pulse(0 1 1u 0.2u 0.3u 2u 6u) ac 1\nr1 a b 1k\nc1 b 0 0.5n\n";

    // Relative to the value: steps of 5 ns against a time constant of 500 ns, and windows that ngspice ends at a step.
    private const double TransientBound = 2e-3;

    // ngspice prints six digits or seven.
    private const double PrintedDigits = 2e-6;

    [SkippableTheory]
    [Trait("Kind", "peer")]
    [InlineData(Low + ".tran 5n 12u 0 5n\n.measure tran top max v(b)\n.meas tran topat max_at v(b) from=0 to=4u\n.meas tran low min v(b) from=3u to=9u\n.meas tran swing pp v(b)\n.meas tran span param='top-low'\n"
        + ".meas tran mean avg v(b) from=1u to=5.5u\n.meas tran heat rms v(b) from=1u to=6u\n.meas tran charge integ i(v1) from=1u to=3.5u\n", TransientBound)]
    [InlineData(Low + ".param level=0.5\n.tran 5n 12u 0 5n\n.meas tran half when v(b)='level'\n.meas tran half2 when v(b)=0.5 fall=2\n.meas tran latest when v(b)={level} cross=last\n"
        + ".meas tran delay trig v(a) val=0.5 rise=1 targ v(b) val=0.5 rise=1\n.meas tran delay2 trig v(a) val=0.5 rise=2 targ v(b) val=0.5 td=7u fall=1\n"
        + ".meas tran since trig at=1u targ v(b) val=0.9 rise=1\n.meas tran val find v(b) at=2.5u\n.meas tran val2 find v(b) when v(a)=0.25 fall=1\n", TransientBound)]
    [InlineData(Low + ".ac dec 20 1k 10meg\n.meas ac re find v(b) at=300k\n.meas ac mag find vm(b) at=300k\n.meas ac phase find vp(b) at=300k\n.meas ac db find vdb(b) at=300k\n"
        + ".meas ac corner when vdb(b)=-3\n.meas ac im find vi(b) when vm(b)=0.5\n.meas ac peak max vm(b)\n.meas ac area integ vm(b) from=1k to=100k\n", PrintedDigits)]
    [InlineData("v1 a 0 0\nvdd d 0 2\nm1 out a 0 0 mn w=10u l=1u\nr1 d out 20k\n.model mn nmos(vto=0.6 kp=100u lambda=0.02)\n.dc v1 0 2 0.01\n.meas dc trip when v(out)=1\n"
        + ".meas dc same when v(out)=v(a)\n.meas dc least min v(out)\n.meas dc mean avg v(out)\n.meas dc at1 find v(out) at=0.8\n.meas dc width trig v(out) val=1.8 fall=1 targ v(out) val=0.2 fall=1\n", PrintedDigits)]
    public void Measures_agree_with_ngspice(string body, double bound)
    {
        Ngspice.SkipUnlessInstalled();
        string text = $"Measures\n{body}.end\n";

        Dictionary<string, double> theirs = RunNgspice(text);
        IReadOnlyDictionary<string, double?> ours = new NativeEngine().Solve(SpiceParser.Parse(text, "t.cir").Netlist, EngineOptions.Default).Analyses[0].Measures;

        Assert.NotEmpty(ours);
        foreach ((string name, double? value) in ours) Close.Numbers(theirs[name], Assert.NotNull(value), 0, bound, name);
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Both_engines_give_measures_and_only_the_vectors_asked_for()
    {
        Ngspice.SkipUnlessInstalled();
        Netlist netlist = SpiceParser.Parse($"t\n{Low}.dc v1 0 1 0.1\n.save v(a)\n.meas dc top max v(b)\n.meas dc drop max v(a,b)\n.meas dc never when v(b)=2\n", "t.cir").Netlist;
        var engine = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;

        foreach (ICircuitEngine each in new ICircuitEngine[] { new NativeEngine(), engine })
        {
            var sweep = (DcSweepResult)each.Solve(netlist, EngineOptions.Default).Analyses[0];

            Assert.Equal(["a"], sweep.NodeVolts.Keys);
            Assert.Empty(sweep.BranchAmps);
            // ngspice puts gmin of 1e-12 S where 1 kohm would make a nanovolt of it.
            Close.Numbers(1, sweep.Measures["top"]!.Value, 1e-8);
            Close.Numbers(0, sweep.Measures["drop"]!.Value, 1e-8);
            Assert.Null(sweep.Measures["never"]);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void What_cannot_be_measured_is_told()
    {
        SpiceDeck deck = SpiceParser.Parse($"t\n{Low}.op\n.meas op x find v(a) at=0\n.meas tran z deriv v(a) at=1u\n", "t.cir");

        Assert.Equal([".measure op x", ".measure tran z deriv"], deck.Warnings.Select(w => w.Message[..w.Message.IndexOf(" is not", StringComparison.Ordinal)]));
        Assert.Throws<InvalidDesignException>(() => Solve(".dc v1 0 1 1\n.meas dc x max v(nowhere)\n"));
        Assert.Throws<InvalidDesignException>(() => Solve("v2 d 0 1\nr2 d 0 1\n.dc v1 0 1 1 v2 0 1 1\n.meas dc x max v(a)\n"));
        Assert.Throws<DeckSyntaxException>(() => Solve(".dc v1 0 1 1\n.meas dc x max par('v(a)*2')\n"));
        Assert.Throws<DeckSyntaxException>(() => Solve(".dc v1 0 1 1\n.meas dc x when v(a)=0.5 rise=0\n"));
        Assert.Throws<DeckSyntaxException>(() => Solve(".dc v1 0 1 1\n.meas dc x param='y+1'\n.meas dc y max v(a)\n"));
        Assert.Throws<DeckSyntaxException>(() => Solve(".dc v1 0 1 1\n.meas dc x param='v(a)+1'\n"));
        Assert.Throws<DeckSyntaxException>(() => Solve(".dc v1 0 1 1\n.meas dc x max v(a)\n.meas dc x min v(a)\n"));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Measures_are_written_as_they_were_read()
    {
        const string Body = ".meas tran a max v(b) from=1e-6 to=2e-6\n.meas tran b find v(a,b) when v(a)=v(b) td=1u fall=last\n.meas ac c find vdb(b) at=1k\n"
            + ".meas dc d trig at=0.25 targ v(b) val=0.5 cross=3\n.meas tran e integ i(v1)\n.meas tran f when v(b)={2*0.25}\n.param k=3\n.meas tran g param='(a-b)*k/f'\n";
        Netlist first = SpiceParser.Parse($"t\n{Low}{Body}", "t.cir").Netlist;

        Netlist second = SpiceParser.Parse(SpiceWriter.ToText(first), "t.cir").Netlist;

        Assert.Equal(7, first.Measures.Count);
        Assert.Equal(first.Measures, second.Measures);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_measure_may_be_computed_from_those_above_it()
    {
        IReadOnlyDictionary<string, double?> measures = Solve(".dc v1 0 2 1\n.param k=10\n.meas dc hi max v(a)\n.meas dc at when v(a)=5\n.meas dc twice param='k*hi+1'\n.meas dc none param='at+1'\n").Analyses[0].Measures;

        Assert.Equal(21, measures["twice"]);
        Assert.Null(measures["none"]);
    }

    private static EngineResult Solve(string body) => new NativeEngine().Solve(SpiceParser.Parse($"t\n{Low}{body}", "t.cir").Netlist, EngineOptions.Default);

    private static Dictionary<string, double> RunNgspice(string deck)
    {
        string executable = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(f => Path.Combine(f, "ngspice")).First(File.Exists);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("deck.cir"), deck);
        string log = new ChildProcess(executable, NgspiceEngine.EngineName, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), CancellationToken.None).Run(folder.Root, ["-b", "deck.cir"]);
        return Printed().Matches(log).ToDictionary(m => m.Groups[1].Value, m => double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^([a-z]\w*) +=\s+(-?\d\S*)", RegexOptions.Multiline)]
    private static partial Regex Printed();
}
