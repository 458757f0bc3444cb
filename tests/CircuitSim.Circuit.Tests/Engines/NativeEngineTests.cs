using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Engines;

public sealed class NativeEngineTests
{
    // Columns: input, ekv-sym unloaded, ekv-sym with 0.9 Mohm to 0 V, ekv-phax90 unloaded, ekv-phax90 with 0.9 Mohm. Computed in
    // Python and with ngspice-39 (reltol=1e-12 vntol=1e-15 abstol=1e-21 gmin=1e-21), twelve digits printed.
    private static readonly double[][] Curves =
    [
        [-0.25, 0.249969332858, 0.249549901925, 0.249917203183, 0.248786233527],
        [-0.10, 0.245980381913, 0.244851552812, 0.238939378700, 0.235790139270],
        [-0.05, 0.226689945987, 0.224265535774, 0.167145933715, 0.157627616916],
        [-0.02, 0.152372693363, 0.146085016826, -0.054561421494, -0.049790626470],
        [0.00, 0, 0, -0.185771954108, -0.176851699117],
        [0.02, -0.152372693363, -0.146085016826, -0.225387473943, -0.221281071818],
        [0.05, -0.226689945987, -0.224265535774, -0.242004762292, -0.239882576277],
        [0.10, -0.245980381913, -0.244851552812, -0.248521181547, -0.247404065902],
        [0.25, -0.249969332858, -0.249549901925, -0.249988641572, -0.249569188886],
    ];

    [Theory]
    [Trait("Kind", "peer")]
    [InlineData("ekv-sym", 0, 1)]
    [InlineData("ekv-sym", 0.9e6, 2)]
    [InlineData("ekv-phax90", 0, 3)]
    [InlineData("ekv-phax90", 0.9e6, 4)]
    public void The_inverter_curve_is_that_of_the_fixture(string inverter, double loadOhms, int column)
    {
        foreach (double[] row in Curves)
        {
            OperatingPoint point = Solve(TestCircuits.InverterChain(InverterModel.Find(inverter)!, 1, row[0], loadOhms));

            // Twelve digits printed; the two ways of computing differed by 2.5e-13 V.
            Close.Numbers(row[column], point.NodeVolts["n1"], 1e-11, 0, $"{inverter} at {row[0]} V");
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_divider_gives_voltage_and_branch_current()
    {
        Netlist netlist = SpiceParser.Parse("t\nv1 in 0 3\nr1 in out 1k\nr2 out 0 2k\n.op\n", "t.cir").Netlist;

        OperatingPoint point = Solve(netlist);

        // Two roundings of the division.
        Close.Numbers(2, point.NodeVolts["out"], 1e-15);
        Close.Numbers(-1e-3, point.BranchAmps["v1"], 1e-18);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("")]
    [InlineData("title only")]
    [InlineData("t\n.op\n.end\n")]
    public void A_deck_without_elements_is_refused(string deck)
        => Assert.Contains("no element", Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse(deck, "t.cir")).Message, StringComparison.Ordinal);

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_circuit_without_nodes_has_an_empty_operating_point()
        => Assert.Empty(Solve(SpiceParser.Parse("t\nr1 0 0 1", "t.cir").Netlist).NodeVolts);

    [Fact]
    [Trait("Kind", "closed form")]
    public void Nodes_inside_subcircuits_have_dotted_names()
    {
        Netlist netlist = SpiceParser.Parse("t\nv1 a 0 1\nx1 a b\n+ outer\n.subckt outer p q\nx2 p q inner\n.ends\n.subckt inner p q\nr1 p m 1\nr2 m 0 1\nvs q 0 2\nr3 q 0 1\n.ends\n", "t.cir").Netlist;

        OperatingPoint point = Solve(netlist);

        Close.Numbers(0.5, point.NodeVolts["x1.x2.m"], 1e-15);
        Close.Numbers(2, point.NodeVolts["b"], 1e-15);
        Close.Numbers(-2, point.BranchAmps["x1.x2.vs"], 1e-15);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Asked_for_vectors_only_are_returned()
    {
        Netlist netlist = SpiceParser.Parse("t\nv1 in 0 3\nr1 in out 1k\nr2 out 0 2k\n.op\n.save v(out) v(in,out) i(v1)\n", "t.cir").Netlist;

        OperatingPoint point = Solve(netlist);

        Assert.Equal(["in,out", "out"], point.NodeVolts.Keys.Order());
        Close.Numbers(1, point.NodeVolts["in,out"], 1e-15);
        Assert.Throws<InvalidDesignException>(() => Solve(netlist with { SavedVectors = ["v(nowhere)"] }));
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("v1 a 0 1\nr1 a b 1\nr2 c d 1", "'c', 'd' has no DC path")]
    [InlineData("v1 a 0 1\nr1 a 0 1\nb1 a 0 i=v(g)*1e-3\nr2 g h 1", "'g', 'h' has no DC path")]
    [InlineData("v1 a 0 1\nv2 b 0 1\nv3 a b 0\nr1 a 0 1", "inductors v1, v2, v3 form a loop")]
    [InlineData("v1 a 0 1\nv2 a 0 1\nr1 a 0 1", "inductors v1, v2 form a loop")]
    [InlineData("i1 0 a 1\nr1 a b 1", "only through current source i1")]
    public void Defects_of_topology_are_found_before_solving_and_named(string body, string expected)
    {
        var error = Assert.Throws<TopologyException>(() => Solve(SpiceParser.Parse($"t\n{body}\n", "t.cir").Netlist));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_voltage_source_across_its_own_node_is_a_loop()
        => Assert.Throws<TopologyException>(() => Solve(SpiceParser.Parse("t\nv1 a a 1\nr1 a 0 1\n", "t.cir").Netlist));

    [Fact]
    [Trait("Kind", "closed form")]
    public void Values_that_cancel_are_reported_with_the_node()
    {
        var error = Assert.Throws<SingularSystemException>(() => Solve(SpiceParser.Parse("t\nv1 a 0 1\nr1 a b 1k\nr2 b 0 -1k\n", "t.cir").Netlist));

        Assert.Equal("b", error.Unknown);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void No_convergence_is_an_error_with_the_worst_node_and_its_voltages()
    {
        Netlist netlist = SpiceParser.Parse("t\nv1 a 0 1\nr1 a b 1k\nb1 b 0 i=v(b)>0.5 ? 1 : -1\n", "t.cir").Netlist;

        var error = Assert.Throws<ConvergenceException>(() => Solve(netlist));

        Assert.Equal("b", error.WorstNode);
        Assert.NotEqual(error.PreviousVolts, error.LastVolts);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_diode_like_source_far_from_its_solution_converges()
    {
        Netlist netlist = SpiceParser.Parse("t\nv1 a 0 100\nr1 a b 1\nb1 b 0 i=1e-14*(exp(v(b)/0.02585)-1)\n", "t.cir").Netlist;

        OperatingPoint point = Solve(netlist);

        double volts = point.NodeVolts["b"];
        // The current through the resistor and that of the exponential agree to the rounding of v/0.02585, about 35.
        Close.Numbers(100 - volts, 1e-14 * (Math.Exp(volts / 0.02585) - 1), 0, 1e-12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Currents_into_every_crossbar_node_sum_to_zero()
    {
        Netlist netlist = TestCircuits.Crossbar(12, 9, 2.5, seed: 5);

        OperatingPoint point = Solve(netlist);

        var sums = new Dictionary<string, double>();
        foreach (Resistor r in netlist.Elements.OfType<Resistor>())
        {
            double amps = (Volts(r.Plus) - Volts(r.Minus)) / r.Ohms;
            sums[r.Plus] = sums.GetValueOrDefault(r.Plus) + amps;
            sums[r.Minus] = sums.GetValueOrDefault(r.Minus) - amps;
        }

        foreach ((string node, double sum) in sums)
        {
            if (node.StartsWith("in", StringComparison.Ordinal) || node.StartsWith("end", StringComparison.Ordinal)) continue;
            // One ulp of 0.5 V across a 2.5 ohm segment is 4.4e-17 A; four branches meet, and the drops carry a few more.
            Close.Numbers(0, sum, 1e-15, 0, node);
        }

        double Volts(string node) => node == Netlist.Ground ? 0 : point.NodeVolts[node];
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_cancelled_token_stops_homotopies()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Netlist netlist = SpiceParser.Parse("t\nv1 a 0 1\nr1 a b 1k\nb1 b 0 i=v(b)>0.5 ? 1 : -1\n", "t.cir").Netlist;

        Assert.Throws<OperationCanceledException>(() => new NativeEngine().Solve(netlist, EngineOptions.Default, source.Token));
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("v1 a 0 sin(0 1 1meg)\nr1 a b 1k\nc1 b 0 1n\n.tran 1n 9m")]
    [InlineData("v1 a 0 1\nx1 a s0\n.subckt s0 p\nr1 p 0 1\n.ends\n$")]
    public void A_time_limit_ends_the_work_with_an_error(string body)
    {
        // Definitions that each call the one before twice: thirty of them ask for a billion resistors.
        string nested = string.Concat(Enumerable.Range(1, 30).Select(i => $".subckt s{i} p\nx1 p s{i - 1}\nx2 p s{i - 1}\n.ends\n"));
        string text = $"t\n{body.Replace("x1 a s0", "x1 a s30", StringComparison.Ordinal).Replace("$", nested, StringComparison.Ordinal)}\n";
        var generous = new DeckReadingOptions { Limits = DeckLimits.Default.With("elements", 10_000_000_000) };
        Netlist netlist = SpiceParser.Parse(text, "t.cir", generous).Netlist;
        long start = Environment.TickCount64;

        var error = Assert.Throws<EngineException>(() => new NativeEngine().Solve(netlist, EngineOptions.Default with { Timeout = TimeSpan.FromMilliseconds(200) }));

        Assert.Contains("no answer within 0.2 s", error.Message, StringComparison.Ordinal);
        // The limit is looked at between steps; a slow machine that does other work besides is no failure.
        Assert.InRange(Environment.TickCount64 - start, 100, 10_000);
    }

    private static OperatingPoint Solve(Netlist netlist)
        => Assert.IsType<OperatingPoint>(Assert.Single(new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses));
}
