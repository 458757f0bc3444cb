using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Tests.Attribution;
using CircuitSim.TestSupport;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.Tests.CrossCheck;

/// <summary>Decks against our solution: a comparison that cannot be made is a failure, and what went wrong is called by its name.</summary>
[Trait("Kind", "property")]
public sealed class SpiceCheckerTests : IDisposable
{
    private static readonly VoltageSet Data = new(3, new double[] { 0.2, -0.1, 0.05 }, [0]);

    private readonly TemporaryFolder _folder = new();
    private readonly NetworkCircuit _circuit = SmallNetworks.WithWires(2);
    private readonly DeckEntry _deck;

    public SpiceCheckerTests() => _deck = Assert.Single(DeckExporter.Write(_folder.File("netlist"), "test", _circuit, Data, [0]));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Our_own_second_solver_verifies_the_whole_deck_from_its_text()
    {
        SpiceCheck check = Check(volts => volts);

        Assert.Equal(SpiceCheckStatus.Verified, check.Status);
        Assert.Equal(_deck.NodeCount, check.ComparedCount);
        // Crossbars are solved to 1e-12 V, inverters have a gain of some ten each.
        Assert.InRange(check.WorstVolts!.Value, 0, 1e-10);
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 0.5)]
    [InlineData(double.NegativeInfinity, 0)]
    public void What_is_no_number_at_any_node_fails_and_names_the_node(double value, double place)
    {
        string node = "";

        SpiceCheck check = Check(volts =>
        {
            node = Place(volts, place);
            volts[node] = value;
            return volts;
        });

        Assert.Equal((SpiceCheckStatus.Failed, node, null), (check.Status, check.WorstNodeName, check.WorstVolts));
        Assert.Contains($"'{node}'", check.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_larger_difference_before_what_is_no_number_is_not_forgotten()
    {
        SpiceCheck check = Check(volts =>
        {
            volts[Place(volts, 0.1)] += 0.1;
            volts[Place(volts, 0.5)] = double.NaN;
            return volts;
        });

        Assert.Equal(SpiceCheckStatus.Failed, check.Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_missing_node_and_one_too_many_fail(double place)
    {
        SpiceCheck missing = Check(volts =>
        {
            volts.Remove(Place(volts, place));
            return volts;
        });
        SpiceCheck unknown = Check(volts =>
        {
            volts["stranger"] = 0;
            return volts;
        });

        Assert.Equal((SpiceCheckStatus.Failed, SpiceCheckStatus.Failed), (missing.Status, unknown.Status));
        Assert.Contains("returned no voltage", missing.Reason, StringComparison.Ordinal);
        Assert.Contains("'stranger'", unknown.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_out_failure_and_other_analyses_are_told_apart_from_disagreement()
    {
        SpiceCheck late = Check(_ => throw EngineException.TimedOut("ngspice", TimeSpan.FromSeconds(7)));
        SpiceCheck broken = Check(_ => throw new EngineException("ngspice", "singular matrix"));
        SpiceCheck off = Check(volts =>
        {
            volts["l1_g1"] += 1e-6;
            return volts;
        });
        SpiceCheck several = new SpiceChecker(_circuit, Data, new Fake(r => r with { Analyses = [r.Analyses[0], r.Analyses[0]] })).Check(_folder.File("netlist"), _deck);

        Assert.Equal(
            [SpiceCheckStatus.TimedOut, SpiceCheckStatus.CouldNotRun, SpiceCheckStatus.Failed, SpiceCheckStatus.Failed], new[] { late, broken, off, several }.Select(c => c.Status));
        Assert.StartsWith("timed out: ", DeckVerdict.Problem(late), StringComparison.Ordinal);
        Assert.StartsWith("could not be run: ", DeckVerdict.Problem(broken), StringComparison.Ordinal);
        Assert.StartsWith("disagrees by 1E-06 V at node l1_g1", DeckVerdict.Problem(off), StringComparison.Ordinal);
        Assert.False(DeckVerdict.Disagrees([late, broken]));
        Assert.True(DeckVerdict.IsUnjudged([late]));
        Assert.True(DeckVerdict.Disagrees([off]));
    }

    [Fact]
    public void A_deck_that_is_not_the_run_s_is_not_handed_over_and_called_changed()
    {
        File.AppendAllText(Path.Combine(_folder.File("netlist"), "ngspice", _deck.File), "* a word\n");

        SpiceCheck check = Check(_ => throw new InvalidOperationException("was started"));

        Assert.Equal(SpiceCheckStatus.DeckChanged, check.Status);
        Assert.StartsWith("deck changed: ", DeckVerdict.Problem(check), StringComparison.Ordinal);
        Assert.True(DeckVerdict.Disagrees([check]));
    }

    [Fact]
    public void A_limit_is_judged_by_other_simulators_else_by_our_second_solver_else_not_at_all()
    {
        SpiceCheck other = Check(volts => volts) with { Engine = "ngspice-39" }, own = other with { IsOwnSolver = true, Engine = "native, from the deck", WorstVolts = 1e-12 };
        SpiceCheck absent = other with { Status = SpiceCheckStatus.NotRun, WorstVolts = null }, late = absent with { Status = SpiceCheckStatus.TimedOut };

        Assert.Null(DeckVerdict.Limit(null, [other]));
        FidelityLimit byOther = DeckVerdict.Limit(1e-9, [other, own])!, byOwn = DeckVerdict.Limit(1e-9, [absent, own])!, byNone = DeckVerdict.Limit(1e-9, [absent])!;
        FidelityLimit open = DeckVerdict.Limit(1e-9, [other, late])!, part = DeckVerdict.Limit(1e-9, [own with { Wires = DeckWires.Excerpt }])!;
        Assert.Equal(("ngspice-39", true, true), (byOther.JudgedBy, byOther.IsJudged, byOther.Passed));
        Assert.Equal(("our own second solver", true, true), (byOwn.JudgedBy, byOwn.IsJudged, byOwn.Passed));
        Assert.Equal((null, false, false), (byNone.JudgedBy, byNone.IsJudged, byNone.Passed));
        Assert.Equal((false, false), (open.IsJudged, open.Passed));
        Assert.False(part.IsJudged);
        FidelityVerdict verdict = DeckVerdict.Judge("s.", [byNone], [absent], [], []);
        Assert.Equal((false, true), (verdict.Passed, verdict.IsUnjudged));
        Assert.Contains("Not judged: spice_volts", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_circuits_parts_and_our_own_solver_stay_apart_in_what_is_said()
    {
        SpiceCheck whole = Check(volts => volts) with { Engine = "ngspice-45.2" }, part = whole with { Engine = "ngspice-39", Wires = DeckWires.Excerpt }, own = whole with { IsOwnSolver = true };

        string[] verified = [.. DeckVerdict.Verified([own, part, whole])];

        Assert.StartsWith("Verified whole by ngspice-45.2: 1 whole circuit", verified[0], StringComparison.Ordinal);
        Assert.StartsWith("Verified in parts by ngspice-39: 1 part", verified[1], StringComparison.Ordinal);
        Assert.StartsWith("Verified whole by our own second solver", verified[2], StringComparison.Ordinal);
        Assert.Contains("no other simulator solved a deck; our own second solver agrees on every node of 1 whole circuit", DeckVerdict.Agreement([own]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_deck_goes_to_who_can_take_it()
    {
        DeckEntry large = _deck with { RefusedBecause = "too large", KluSeconds = 20, NativeSeconds = 5, Sha256 = null };

        Assert.Equal("too large", Refusal(DeckSolver.Sparse, 120));
        Assert.Null(Refusal(DeckSolver.Klu, 120));
        // Estimates are good to a factor of three: 20 s may be 60 s.
        Assert.Contains("about 20 s", Refusal(DeckSolver.Klu, 59), StringComparison.Ordinal);
        Assert.Null(Refusal(DeckSolver.Native, 59));

        string? Refusal(DeckSolver solver, double seconds) =>
            new SpiceChecker(_circuit, Data, new Fake(r => r, solver)).Within(TimeSpan.FromSeconds(seconds)).RefusalOf(large);
    }

    private static string Place(Dictionary<string, double> volts, double place) => volts.Keys.Order(StringComparer.Ordinal).ElementAt((int)(place * (volts.Count - 1)));

    private SpiceCheck Check(Func<Dictionary<string, double>, Dictionary<string, double>> change) => new SpiceChecker(_circuit, Data, new Fake(result =>
    {
        var point = (OperatingPoint)result.Analyses[0];
        return result with { Analyses = [point with { NodeVolts = change(new Dictionary<string, double>(point.NodeVolts)) }] };
    })).Check(_folder.File("netlist"), _deck);

    private sealed class Fake(Func<EngineResult, EngineResult> change, DeckSolver solver = DeckSolver.Sparse) : IDeckEngine
    {
        public string Name => "fake";

        public string Version => "fake-1";

        public DeckSolver Solver => solver;

        public EngineResult SolveDeckFile(string path, EngineOptions options, CancellationToken cancellationToken = default) =>
            change(new ReadDeckEngine(new NativeEngine(), "1").SolveDeckFile(path, EngineOptions.Tight, cancellationToken));
    }
}
