using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Tests.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>Open and shorted lines: every solver against nodal analysis of the netlist that has the same faults as elements.</summary>
public sealed class LineFaultTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Every_method_matches_the_elaborated_netlist_in_the_native_engine()
    {
        int seen = 0;
        for (int seed = 1; seed <= 120; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.WithFaults(random, RandomCrossbars.Any(random, 6));
            double[] volts = RandomCrossbars.Volts(random, spec.WordLineCount);
            if (spec.Faults.Count > 0) seen++;
            (Netlist netlist, LayerElaboration nodes) = Elaborate(spec, volts);
            var expected = (OperatingPoint)new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses[0];

            foreach (CrossbarMethod method in new[] { CrossbarMethod.Automatic, CrossbarMethod.Cholesky, CrossbarMethod.LineConjugateGradients })
            {
                if (method == CrossbarMethod.LineConjugateGradients && (spec.WordLineSegmentOhms == 0 || spec.BitLineSegmentOhms == 0)) continue;
                using CrossbarSolver solver = CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { Method = method });
                CrossbarOperatingPoint point = solver.Solve(volts, hasNodeVolts: true), ports = solver.Solve(volts);

                // The engine adds devices of microsiemens to wires of siemens and keeps 1e-11 of a volt.
                const double Volts = 1e-10;
                for (int i = 0; i < spec.WordLineCount; i++)
                    for (int j = 0; j < spec.BitLineCount; j++)
                    {
                        int at = i * spec.BitLineCount + j;
                        Close.Numbers(Of(nodes.WordNode(i, j)), point.WordLineNodeVolts.Span[at], Volts, 0, $"seed {seed}, {method}: {nodes.WordNode(i, j)}");
                        Close.Numbers(Of(nodes.BitNode(i, j)), point.BitLineNodeVolts.Span[at], Volts, 0, $"seed {seed}, {method}: {nodes.BitNode(i, j)}");
                    }

                // Between a short and the rest of a word line, volts of 1e-12 count with a short of 0.1 ohm.
                Close.Lists(point.BitLineEndVolts.Span, ports.BitLineEndVolts.Span, 1e-11, 0, $"seed {seed}, {method}: ends");
                Close.Lists(point.WordLineAmps.Span, ports.WordLineAmps.Span, 1e-10, 0, $"seed {seed}, {method}: sources");
                double sources = point.WordLineAmps.ToArray().Sum(), ends = point.BitLineEndAmps.ToArray().Sum();
                Close.Numbers(sources, ends, 1e-14, 1e-9, $"seed {seed}, {method}: Kirchhoff over the whole crossbar");
            }

            double Of(string node) => expected.NodeVolts[node];
        }

        Assert.True(seen > 100, "most crossbars have faults");
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Port_matrices_and_their_update_give_the_solver_s_ports()
    {
        for (int seed = 1; seed <= 120; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.WithFaults(random, RandomCrossbars.Any(random, 12));
            double[] volts = RandomCrossbars.Volts(random, spec.WordLineCount);
            int i = random.Next(spec.WordLineCount), j = random.Next(spec.BitLineCount);
            var change = new DeviceChange(i, j, spec[i, j] + 1e-6);
            double[] g = spec.ConductanceSiemens.ToArray();
            g[i * spec.BitLineCount + j] = change.ConductanceSiemens;
            TransferMatrixUpdater updater = TransferMatrixUpdater.Create(spec);

            Compare(spec, updater.Unchanged, "unchanged");
            Compare(spec.WithConductances(g), updater.Update([change]), "one device changed");

            void Compare(CrossbarSpec crossbar, TransferMatrix transfer, string what)
            {
                CrossbarOperatingPoint point = CrossbarSolver.Factorize(crossbar, new CrossbarSolverOptions { Method = CrossbarMethod.Cholesky }).Solve(volts);
                bool isOpen = crossbar.BitLineEnd == BitLineEnd.Open;
                ReadOnlySpan<double> ends = isOpen ? transfer.GateResponse.Span : transfer.EndAdmittanceSiemens.Span;
                for (int k = 0; k < crossbar.BitLineCount; k++)
                {
                    double expected = isOpen ? point.BitLineEndVolts.Span[k] : point.BitLineEndAmps.Span[k];
                    double actual = DenseKernels.Dot(ends.Slice(k * volts.Length, volts.Length), volts);
                    Close.Numbers(expected, actual, isOpen ? 1e-12 : 1e-16, 1e-10, $"seed {seed}, {what}: end {k + 1}");
                }

                for (int k = 0; k < volts.Length; k++)
                {
                    double actual = DenseKernels.Dot(transfer.SourceAdmittanceSiemens.Span.Slice(k * volts.Length, volts.Length), volts);
                    // Shorts of 0.1 ohm carry amperes, of which 1e-13 is rounding.
                    Close.Numbers(point.WordLineAmps.Span[k], actual, 1e-13, 1e-9, $"seed {seed}, {what}: source {k + 1}");
                }
            }
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_network_with_faulty_lines_matches_full_nodal_analysis_of_its_netlist()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            NetworkCircuit whole = RandomNetworks.Any(random);
            var circuit = new NetworkCircuit(whole.SupplyVolts, whole.Inverter,
                [.. whole.Layers.Select(layer => new LayerCircuit(RandomCrossbars.WithFaults(random, layer.Crossbar)))]);
            double[] input = RandomCrossbars.Volts(random, circuit.InputCount);
            NetworkSolver solver = NetworkSolver.Create(circuit);

            // One sample with the full Newton matrix, and several in vectors.
            NetworkOperatingPoint one = solver.Solve(input), many = solver.SolveBatch(Enumerable.Repeat(input, 9).SelectMany(x => x).ToArray(), 9);

            Netlist netlist = Elaborator.Elaborate(circuit, input);
            DenseMnaOracle oracle = DenseMnaOracle.Solve(netlist);
            for (int layer = 0; layer < circuit.Layers.Count; layer++)
                for (int j = 0; j < circuit.Layers[layer].NeuronCount; j++)
                {
                    // Promised by the design; the oracle's own rounding is about 1e-11 V before the inverters' gain.
                    const double Absolute = 1e-9;
                    foreach (LayerOperatingPoint solved in new[] { one.Layers[layer], many.Layers[layer] })
                    {
                        Close.Numbers(oracle[NodeNames.Gate(layer, j)], solved.GateVolts.Span[j], Absolute, 0, $"seed {seed}: {NodeNames.Gate(layer, j)}");
                        Close.Numbers(oracle[NodeNames.InvertedOutput(layer, j)], solved.InvertedVolts.Span[j], Absolute, 0, $"seed {seed}: {NodeNames.InvertedOutput(layer, j)}");
                        Close.Numbers(oracle[NodeNames.RestoredOutput(layer, j)], solved.RestoredVolts.Span[j], Absolute, 0, $"seed {seed}: {NodeNames.RestoredOutput(layer, j)}");
                    }
                }

            NetlistEffort effort = NetlistEffort.Of(circuit);
            Assert.Equal(netlist.Elements.Count, effort.ElementCount);
            Assert.Equal(netlist.Elements.SelectMany(e => e.Nodes).Where(n => n != Netlist.Ground).Distinct().Count(), effort.NodeCount);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_dead_driver_leaves_its_line_at_the_mean_of_what_holds_it()
    {
        // Ideal wires, ends in ground: line 2 floats between its two devices, whose bit lines stand at 0 V.
        CrossbarSpec grounded = new CrossbarSpec(2, 2, [1e-6, 2e-6, 3e-6, 4e-6]).WithFaults([LineFault.DeadDriver(1)]);
        // Open ends: the bit lines follow line 1, the only one that is driven.
        var open = new CrossbarSpec(2, 2, [1e-6, 2e-6, 3e-6, 4e-6], bitLineEnd: BitLineEnd.Open);

        CrossbarOperatingPoint low = CrossbarSolver.Factorize(grounded).Solve([0.5, 0.25], hasNodeVolts: true);
        CrossbarOperatingPoint high = CrossbarSolver.Factorize(open.WithFaults([LineFault.DeadDriver(1)])).Solve([0.5, 0.25], hasNodeVolts: true);

        // A few roundings.
        Close.Lists([0, 0], low.WordLineNodeVolts.Span[2..], 1e-16);
        Close.Lists([0.5e-6, 1e-6], low.BitLineEndAmps.Span, 0, 1e-15);
        Close.Lists([0.5, 0.5, 0.5, 0.5], high.WordLineNodeVolts.Span, 0, 1e-15);
        Close.Lists([0.5, 0.5], high.BitLineEndVolts.Span, 0, 1e-15);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_short_is_a_divider()
    {
        // Two word lines of one device each, 1 V and 0 V behind 100 ohm, shorted by 300 ohm ahead of devices of 1 Gohm: 0.8 V and 0.2 V.
        CrossbarSpec spec = new CrossbarSpec(2, 1, [1e-9, 1e-9], sourceOhms: 100).WithFaults([LineFault.ShortWordLines(0, 0, 300)]);

        CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec).Solve([1, 0], hasNodeVolts: true);

        // The devices take 1e-7 of it.
        Close.Lists([0.8, 0.2], point.WordLineNodeVolts.Span, 1e-6);
        Close.Lists([2e-3, -2e-3], point.WordLineAmps.Span, 0, 1e-6);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_short_holds_what_an_open_leaves_floating()
    {
        // The end of bit line 3 has no device and lost its line; bit line 2 beside it stands at the mean of what drives it.
        CrossbarSpec end = new CrossbarSpec(2, 3, [1e-3, 1e-3, 1e-3, 2e-3, 3e-3, 0], 1, 2.5, bitLineEnd: BitLineEnd.Open)
            .WithFaults([LineFault.OpenBitLine(0, 2), LineFault.ShortBitLines(1, 1, 7)]);
        // One word line: the open leaves bit line 1 without source and device, the short gives it bit line 2's voltage.
        CrossbarSpec single = new CrossbarSpec(1, 6, [0, 1e-3, 0, 0, 1e-3, 1e-3], bitLineSegmentOhms: 2.5)
            .WithFaults([LineFault.OpenBitLine(0, 2), LineFault.ShortBitLines(0, 1, 1)]);

        foreach (CrossbarMethod method in new[] { CrossbarMethod.Automatic, CrossbarMethod.Cholesky, CrossbarMethod.LineConjugateGradients })
        {
            CrossbarOperatingPoint held = CrossbarSolver.Factorize(end, new CrossbarSolverOptions { Method = method }).Solve([0.5, 0.5], hasNodeVolts: true);
            // Both sources at 0.5 V: nothing flows anywhere. A few roundings.
            Close.Lists([0.5, 0.5, 0.5], held.BitLineEndVolts.Span, 0, 1e-14);
        }

        CrossbarOperatingPoint point = CrossbarSolver.Factorize(single).Solve([0.7], hasNodeVolts: true);
        CrossbarOperatingPoint ports = TransferMatrix.Compute(single).Solve([0.7]);
        // A source of 0.7 V on 1 kohm and the last segment.
        const double Amps = 0.7 / 1002.5;
        Close.Lists([0, Amps, 0, 0, Amps, Amps], point.BitLineEndAmps.Span, 1e-30, 1e-14);
        Close.Lists([0, Amps, 0, 0, Amps, Amps], ports.BitLineEndAmps.Span, 1e-30, 1e-14);
        Close.Numbers(2.5 * Amps, point.BitLineNodeVolts.Span[2], 0, 1e-14);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Floating_parts_are_refused_by_name()
    {
        var spec = new CrossbarSpec(3, 2, [1e-6, 0, 1e-6, 1e-6, 1e-6, 1e-6], 1, 1, bitLineEnd: BitLineEnd.Open);

        TopologyException tail = Assert.Throws<TopologyException>(() => CrossbarSolver.Factorize(spec.WithFaults([LineFault.OpenWordLine(0, 1)])));
        TopologyException top = Assert.Throws<TopologyException>(() => TransferMatrix.Compute(spec.WithFaults([LineFault.OpenBitLine(0, 1)])));
        TopologyException gate = Assert.Throws<TopologyException>(() => TransferMatrix.Compute(spec.WithFaults([LineFault.OpenBitLine(2, 0)])));

        Assert.Equal(["word line 1 from bit line 2 on"], tail.Nodes);
        Assert.Equal(["bit line 2 up to word line 1"], top.Nodes);
        Assert.Equal(["the end of bit line 1"], gate.Nodes);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Faults_that_cannot_be_are_refused_all_at_once()
    {
        var spec = new CrossbarSpec(2, 2, [1e-6, 1e-6, 1e-6, 1e-6]);

        InvalidDesignException error = Assert.Throws<InvalidDesignException>(() => spec.WithFaults(
        [
            LineFault.OpenWordLine(2, 0), LineFault.ShortWordLines(1, 0, 10), LineFault.ShortBitLines(0, 0, 0), LineFault.OpenWordLine(0, 1), LineFault.OpenBitLine(0, 1),
        ]));

        Assert.Equal(5, error.Violations.Count);
        Assert.Equal(spec, spec.WithFaults([LineFault.DeadDriver(0)]).WithFaults([]));
        Assert.NotEqual(spec, spec.WithFaults([LineFault.DeadDriver(0)]));
    }

    // One crossbar as the first layer of a network, with sources on its word lines and its ends as they are.
    private static (Netlist Netlist, LayerElaboration Nodes) Elaborate(CrossbarSpec spec, double[] volts)
    {
        var nodes = new LayerElaboration(spec, 0, isFirst: true);
        var elements = new List<Element>();
        nodes.AddTo(elements);
        for (int i = 0; i < volts.Length; i++) elements.Add(new VoltageSource($"v{i}", nodes.SourceNode(i), Netlist.Ground, volts[i]));
        for (int j = 0; j < spec.BitLineCount && spec.BitLineEnd == BitLineEnd.Ground; j++)
        {
            bool isBroken = spec.Faults.Contains(LineFault.OpenBitLine(spec.WordLineCount - 1, j));
            string end = isBroken ? $"e{j}" : NodeNames.Gate(0, j);
            elements.Add(spec.TerminalOhms > 0 ? new Resistor($"rt{j}", end, Netlist.Ground, spec.TerminalOhms) : new VoltageSource($"vt{j}", end, Netlist.Ground, 0));
        }

        return (new Netlist { Title = "crossbar", Elements = elements, Analyses = [new OperatingPointAnalysis()] }, nodes);
    }
}
