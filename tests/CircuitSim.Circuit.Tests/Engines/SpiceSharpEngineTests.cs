using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.SpiceSharp;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Tests.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>SpiceSharp against the native engine; compiled with -p:SpiceSharp=true.</summary>
public sealed class SpiceSharpEngineTests
{
    public static TheoryData<string> Decks => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "netlists"), "*.cir", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_version_is_the_one_that_is_asked_for() => Assert.Equal("3.2.3", SpiceSharpEngine.Version);

    [SkippableTheory]
    [Trait("Kind", "peer")]
    [MemberData(nameof(Decks))]
    public void A_deck_has_the_results_of_the_native_engine(string deck)
    {
        Skip.If(deck == "netlists/transients/gate-capacitance.cir",
            "SpiceSharp 3.2.3 differs from us by 0.5 % of the swing in this transient with Meyer capacitances; ngspice 39 agrees within 0.1 %.");
        Netlist netlist = SpiceParser.ParseFile(Path.Combine(Repository.Root, deck)).Netlist;

        IReadOnlyList<AnalysisResult> theirs = new SpiceSharpEngine().Solve(netlist, EngineOptions.Tight).Analyses;
        IReadOnlyList<AnalysisResult> ours = new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses;

        Assert.Equal(theirs.Count, ours.Count);
        // Newton stops at a relative change of 1e-12; exponentials and gains multiply what is left.
        for (int i = 0; i < ours.Count; i++) Agreement.Check(theirs[i], ours[i], 2e-9);
    }

    [Fact]
    [Trait("Kind", "peer")]
    public void A_network_has_the_voltages_of_the_network_solver()
    {
        NetworkCircuit circuit = RandomNetworks.Of(new Random(7), [4, 5, 3], 2, 3, 50, InverterModel.EkvPhax90);
        double[] inputs = [0.1, -0.2, 0.05, 0.15];

        NetworkOperatingPoint ours = NetworkSolver.Create(circuit).Solve(inputs);
        var point = (OperatingPoint)new SpiceSharpEngine().Solve(Elaborator.Elaborate(circuit, inputs), EngineOptions.Tight).Analyses[0];

        for (int layer = 0; layer < 2; layer++)
            for (int j = 0; j < circuit.Layers[layer].NeuronCount; j++)
            {
                // What the project promises for a whole network.
                Close.Numbers(ours.Layers[layer].InvertedVolts.Span[j], point.NodeVolts[NodeNames.InvertedOutput(layer, j)], 1e-9);
                Close.Numbers(ours.Layers[layer].RestoredVolts.Span[j], point.NodeVolts[NodeNames.RestoredOutput(layer, j)], 1e-9);
            }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Behavioural_sources_read_currents_and_give_voltages()
    {
        Netlist netlist = SpiceParser.Parse("""
            sources
            v1 a 0 2
            r1 a 0 1k
            b1 b 0 v={1000*i(v1)+v(a)^2}
            r2 b 0 1k
            b2 0 c i={v(a,b)*1m}
            r3 c 0 1k
            .op
            .end

            """, "sources.cir").Netlist;

        var point = (OperatingPoint)new SpiceSharpEngine().Solve(netlist, EngineOptions.Tight).Analyses[0];

        // i(v1) = −2 mA: b is −2 + 4 V, and the current into c is (2 − 2)·1 mS = 0; its source's current is −2 mA.
        Close.Numbers(2, point.NodeVolts["b"], 1e-12);
        Close.Numbers(0, point.NodeVolts["c"], 1e-12);
        Close.Numbers(-2e-3, point.BranchAmps["b1"], 1e-15);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_floating_node_is_named()
    {
        Netlist netlist = SpiceParser.Parse("floating\nv1 a 0 1\nc1 a lost 1n\n.op\n.end\n", "floating.cir").Netlist;

        Assert.Contains("lost", Assert.Throws<TopologyException>(() => new SpiceSharpEngine().Solve(netlist, EngineOptions.Default)).Message, StringComparison.Ordinal);
    }
}
