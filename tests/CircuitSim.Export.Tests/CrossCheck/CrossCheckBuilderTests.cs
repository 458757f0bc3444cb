using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Export.Tests.Attribution;
using CircuitSim.TestSupport;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.Tests.CrossCheck;

public sealed class CrossCheckBuilderTests
{
    private static readonly DeckEntry Deck = new()
    {
        File = "sample1.cir",
        Description = "",
        Dialect = "ngspice",
        Sample = 1,
        Wires = DeckWires.AsDesigned,
        ExcerptLayer = null,
        NodeCount = 5,
        ElementCount = 5,
        RefusedBecause = null,
    };

    private static readonly Dictionary<string, double> Ours = new()
    {
        ["vp"] = 0.25,
        ["l1_w1_1"] = 0.1,
        ["l1_g1"] = 0.01,
        ["l1_n1"] = 0.2,
        ["l2_g1"] = 0.05,
        ["l2_n1"] = 0.1,
        ["l2_n2"] = -0.1,
    };

    [Fact]
    [Trait("Kind", "property")]
    public void The_first_divergence_is_the_earliest_layer_and_signal_not_the_largest_difference()
    {
        CrossCheckBuilder table = Table();
        table.AddDeck("other", Deck, Ours, Changed(("l2_g1", 0.3), ("l1_n1", 3e-9), ("l1_g1", 0.9e-9)));

        EngineComparison comparison = table.Build().Comparisons.Single();

        Divergence first = comparison.FirstDivergence!;
        Assert.Equal((1, SignalKind.InvertedOutput, "l1_n1", 1), (first.Layer, first.Signal, first.Name, first.Sample));
        Assert.Equal((0.2 + 3e-9, 0.2), (first.EngineValue, first.CircuitValue));
        Assert.Equal([(0, "vp"), (1, "l1_w1_1"), (1, "l1_g1"), (1, "l1_n1"), (2, "l2_g1"), (2, "l2_n1")], comparison.Signals.Select(s => (s.Layer, s.WorstName)));
        Assert.Equal([0, 0, 0, 1, 1, 0], comparison.Signals.Select(s => s.BeyondCount));
        // One subtraction.
        Close.Numbers(0.3, comparison.Signals[4].Worst, 1e-16);
        Assert.Equal(1, comparison.Classes!.AgreeingCount);
        Assert.Null(comparison.Classes.McNemar);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_deck_without_a_node_is_not_compared_and_named()
    {
        CrossCheckBuilder table = Table();
        Dictionary<string, double> theirs = Changed();
        theirs.Remove("l2_g1");
        table.AddDeck("other", Deck, Ours, theirs);
        table.AddUnsolved("third", Deck, "too large");

        CrossCheckTable built = table.Build();

        Assert.Equal("sample1.cir: it gave no value for 'l2_g1'", Assert.Single(built.Comparisons[0].Unsolved));
        Assert.Equal((0, 0), (built.Comparisons[0].DeckCount, built.Comparisons[0].Signals.Count));
        Assert.Equal("sample1.cir: too large", Assert.Single(built.Comparisons[1].Unsolved));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Excerpts_have_no_classes_and_stand_apart_from_whole_networks()
    {
        CrossCheckBuilder table = Table();
        table.AddDeck("other", Deck, Ours, Changed());
        table.AddDeck("other", Deck with { Wires = DeckWires.Excerpt, ExcerptLayer = 1 }, Ours, Changed());

        CrossCheckTable built = table.Build();

        Assert.Equal([ComparisonScope.WholeNetwork, ComparisonScope.Excerpt], built.Comparisons.Select(c => c.Scope));
        Assert.NotNull(built.Comparisons[0].Classes);
        Assert.Null(built.Comparisons[1].Classes);
        Assert.Equal(["circuit, every wire", "other"], built.Engines);
        SampleComparison sample = Assert.Single(built.Samples);
        Assert.Equal([0, 0], sample.Classes);
        Assert.Equal([null, 0.0], sample.WorstVolts);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Exported_decks_read_back_and_solved_by_nodal_analysis_agree_with_the_layered_solution()
    {
        using var folder = new TemporaryFolder();
        NetworkCircuit circuit = SmallNetworks.WithWires(500);
        double[] inputs = [0.2, -0.1, 0.05, -0.2, 0.1, 0.03];
        var data = new VoltageSet(3, inputs, [0, 1]);
        IReadOnlyList<DeckEntry> decks = DeckExporter.Write(folder.File("netlist"), "test", circuit, data, [0, 1]);
        var checker = new SpiceChecker(circuit, data, engine: null);
        CrossCheckBuilder table = Table();
        Referee[] referees = [new("native", new ReadDeckEngine(new NativeEngine(), "1"), "", true), new("refusing", new ReadDeckEngine(new Refusing(), "1"), "", true)];

        List<SpiceCheck> checks = CheckStage.CheckDecks(
            checker, folder.File("netlist"), new CheckSettings(), referees, 0, (_, _) => { }, default,
            (referee, deck, ours, theirs) => table.AddDeck(referee.Label, deck, ours, theirs.NodeVolts),
            (deck, check) => table.AddUnsolved(check.Engine, deck, check.Reason));

        Assert.Equal(decks.Count * 2, checks.Count);
        CrossCheckTable built = table.Build();
        EngineComparison native = built.Comparisons.Single(c => c.Engine == "native, from the deck");
        Assert.Equal((2, 2), (native.DeckCount, native.SampleCount));
        Assert.Null(native.FirstDivergence);
        // Crossbars are solved to 1e-12 V, inverters have a gain of some ten each.
        Assert.All(native.Signals, s => Assert.True(s.Worst < 1e-10, $"{s.WorstName}: {s.Worst}"));
        Assert.Equal(2, built.Comparisons.Single(c => c.Engine == "refusing, from the deck").Unsolved.Count);
    }

    private static CrossCheckBuilder Table() => new(
        [.. ErrorBudgets.SameCircuit(new CheckSettings())], new[] { 0, 0 }, ["l2_n1", "l2_n2"]);

    private static Dictionary<string, double> Changed(params (string Node, double By)[] changes)
    {
        var theirs = new Dictionary<string, double>(Ours);
        foreach ((string node, double by) in changes) theirs[node] += by;
        return theirs;
    }

    private sealed class Refusing : ICircuitEngine
    {
        public string Name => "refusing";

        public EngineResult Solve(Circuit.Netlists.Netlist netlist, EngineOptions options, CancellationToken cancellationToken = default) =>
            throw new Circuit.Errors.EngineException(Name, "does not want to");
    }
}
