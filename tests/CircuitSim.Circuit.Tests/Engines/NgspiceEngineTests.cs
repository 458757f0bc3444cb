using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Engines;

public sealed class NgspiceEngineTests
{
    [SkippableTheory]
    [Trait("Kind", "peer")]
    [InlineData("ekv-sym", 4, 0.004, 0)]
    [InlineData("ekv-sym", 3, -0.01, 0.9e6)]
    [InlineData("ekv-phax90", 4, -0.0268, 0.5e6)]
    public void Both_engines_agree_on_inverter_chains(string inverter, int stages, double inputVolts, double loadOhms)
        => Agree(TestCircuits.InverterChain(InverterModel.Find(inverter)!, stages, inputVolts, loadOhms));

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Both_engines_agree_on_a_crossbar_with_wires() => Agree(TestCircuits.Crossbar(16, 16, 2.5, seed: 3));

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Both_engines_agree_on_a_ladder()
    {
        var elements = new List<Element> { new VoltageSource("v1", "n0", "0", 1) };
        for (int i = 0; i < 1000; i++)
        {
            elements.Add(new Resistor($"rs{i}", $"n{i}", $"n{i + 1}", 1 + i % 7));
            elements.Add(new Resistor($"rp{i}", $"n{i + 1}", "0", 1e5 * (1 + i % 3)));
        }

        Agree(new Netlist { Title = "Ladder", Elements = elements });
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Both_engines_agree_on_behavioural_sources()
        => Agree(SpiceParser.Parse("""
            Behavioural
            v1 a 0 0.7
            vs a b 0
            r1 b c 1k
            b1 c 0 i=1.23456789012345e-4*tanh(v(c)/0.3)+1e-5*v(c)^3
            b2 d 0 v=2*v(c)+1k*i(vs)
            r2 d 0 1k
            r3 d e 1k
            b3 e 0 i=v(e)>0.1 ? 1e-3*(v(e)-0.1)+1e-4*v(e) : 1e-4*v(e)
            x1 d f sub
            .subckt sub p q
            b1 q 0 v=sqrt(1+v(p)^2)+min(v(p),0.2)*log10(3+abs(v(p)))
            r1 q p 1k
            .ends
            .op
            .end
            """, "behavioural.cir").Netlist);

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void A_deck_of_two_thousand_nodes_runs() => Agree(TestCircuits.Crossbar(32, 31, 1, seed: 9));

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void A_written_deck_runs_unchanged_from_disk()
    {
        NgspiceEngine engine = Find();
        Netlist netlist = TestCircuits.InverterChain(InverterModel.EkvSym, 2, 0.01, 0.9e6);
        netlist = netlist with { Options = new Dictionary<string, string> { ["reltol"] = "1e-12", ["vntol"] = "1e-15", ["abstol"] = "1e-21", ["gmin"] = "1e-21", ["itl1"] = "2000" } };
        DirectoryInfo folder = Directory.CreateTempSubdirectory("circuitsim-test-");
        try
        {
            string path = Path.Combine(folder.FullName, "deck.cir");
            File.WriteAllText(path, SpiceWriter.ToText(netlist));

            EngineResult theirs = engine.SolveDeckFile(path, EngineOptions.Default);

            Compare((OperatingPoint)new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses[0], (OperatingPoint)Assert.Single(theirs.Analyses));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void A_failed_run_is_an_error_that_quotes_the_program()
    {
        NgspiceEngine engine = Find();
        Netlist netlist = SpiceParser.Parse("t\nv1 a 0 1\nb1 b 0 v=sqrt(-v(a))\nr1 b 0 1\n.op\n", "t.cir").Netlist;

        var error = Assert.Throws<EngineException>(() => engine.Solve(netlist, EngineOptions.Default));

        Assert.StartsWith("ngspice", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void A_time_limit_and_a_cancellation_end_the_program()
    {
        NgspiceEngine engine = Find();
        Netlist netlist = TestCircuits.Crossbar(48, 48, 1, seed: 2);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));

        Assert.Throws<EngineException>(() => engine.Solve(netlist, EngineOptions.Tight with { Timeout = TimeSpan.FromMilliseconds(100) }));
        Assert.Throws<OperationCanceledException>(() => engine.Solve(netlist, EngineOptions.Tight, source.Token));
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void The_version_is_told() => Assert.StartsWith("ngspice-", Find().Version, StringComparison.Ordinal);

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_missing_program_is_no_engine()
    {
        Assert.Null(NgspiceEngine.TryFind(null));
        Assert.Null(NgspiceEngine.TryFind("no-such-folder"));
        Assert.Throws<EngineException>(() => new NgspiceEngine("no-such-program").Version);
    }

    private static NgspiceEngine Find()
    {
        Ngspice.SkipUnlessInstalled();
        return NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;
    }

    private static void Agree(Netlist netlist)
    {
        NgspiceEngine engine = Find();

        EngineResult ours = new NativeEngine().Solve(netlist, EngineOptions.Tight);
        EngineResult theirs = engine.Solve(netlist, EngineOptions.Tight);

        Compare((OperatingPoint)Assert.Single(ours.Analyses), (OperatingPoint)Assert.Single(theirs.Analyses));
    }

    private static void Compare(OperatingPoint ours, OperatingPoint theirs)
    {
        Assert.Equal(theirs.NodeVolts.Keys.Order(StringComparer.Ordinal), ours.NodeVolts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(theirs.BranchAmps.Keys.Order(StringComparer.Ordinal), ours.BranchAmps.Keys.Order(StringComparer.Ordinal));
        // ngspice stops at reltol 1e-12; 1e-9 V is the agreement that the project promises.
        foreach ((string node, double volts) in theirs.NodeVolts) Close.Numbers(volts, ours.NodeVolts[node], 1e-9, 0, node);
        // A nanovolt across the smallest resistance, 1 ohm.
        foreach ((string branch, double amps) in theirs.BranchAmps) Close.Numbers(amps, ours.BranchAmps[branch], 1e-9, 0, branch);
    }
}
