using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Tests.Crossbars;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Networks;

public sealed class SensitivityTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Means_over_a_batch_are_those_of_gradients_sample_by_sample()
    {
        var random = new Random(4);
        NetworkCircuit circuit = RandomNetworks.Of(random, [3, 4, 2], 300, 200, 1000, InverterModel.EkvPhax90);
        const int samples = 5;
        double[] inputs = RandomCrossbars.Volts(random, samples * 3, 0.1), weights = RandomCrossbars.Volts(random, samples * 2, 1);
        NetworkSolver solver = NetworkSolver.Create(circuit);
        var adjoint = NetworkAdjoint.Create(solver);

        IReadOnlyList<CrossbarSensitivity> actual = adjoint.Sensitivity(solver.SolveBatch(inputs, samples), weights);

        NetworkGradient[] single = [.. Enumerable.Range(0, samples).Select(s =>
            adjoint.Gradient(solver.SolveBatch(inputs.AsMemory(3 * s, 3), 1), weights.AsMemory(2 * s, 2)))];
        for (int layer = 0; layer < 2; layer++)
        {
            double[] g = circuit.Layers[layer].Crossbar.ConductanceSiemens.ToArray();
            double[][] perLog = [.. single.Select(gradient => gradient.Layers[layer].PerSiemens.ToArray().Zip(g, (a, b) => a * b).ToArray())];
            double largest = perLog.Max(p => p.Max(Math.Abs));
            for (int at = 0; at < g.Length; at++)
            {
                // A sample of a batch and a sample alone differ by the solver's 1e-12 V.
                Close.Numbers(perLog.Average(p => Math.Abs(p[at])), actual[layer].PerLogSiemens.Span[at], 1e-9 * largest);
                Close.Numbers(perLog.Average(p => p[at]), actual[layer].SignedPerLogSiemens.Span[at], 1e-9 * largest);
            }

            Close.Numbers(Math.Sqrt(perLog.Average(p => p.Sum(x => x * x))), actual[layer].SpreadPerLogSiemens, 0, 1e-9);
            Close.Numbers(single.Average(s => Math.Abs(s.Layers[layer].PerWordLineSegmentOhm)), actual[layer].PerWordLineSegmentOhm, 0, 1e-7);
            Close.Numbers(single.Average(s => Math.Abs(s.Layers[layer].PerBitLineSegmentOhm)), actual[layer].PerBitLineSegmentOhm, 0, 1e-7);
            Close.Numbers(single.Average(s => Math.Abs(s.Layers[layer].PerSourceOhm)), actual[layer].PerSourceOhm, 0, 1e-7);
        }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(WireConvention.C1)]
    [InlineData(WireConvention.C2)]
    public void Lines_and_gates_match_differences_of_full_nodal_analysis(WireConvention convention)
    {
        const double word = 400, bit = 250;
        NetworkCircuit circuit = RandomNetworks.Of(new Random(9), [2, 3, 2], word, bit, 0, InverterModel.EkvPhax90, convention);
        double[] input = [0.12, -0.05], weights = [1, -1];
        NetworkSolver solver = NetworkSolver.Create(circuit);
        Netlist netlist = Elaborator.Elaborate(circuit, input);

        IReadOnlyList<CrossbarSensitivity> actual = NetworkAdjoint.Create(solver).Sensitivity(solver.Solve(input), weights);

        for (int layer = 0; layer < 2; layer++)
        {
            CrossbarSpec crossbar = circuit.Layers[layer].Crossbar;
            for (int i = 0; i < crossbar.WordLineCount; i++)
            {
                string prefix = $"rwl{layer + 1}_{i + 1}_";
                Compare(name => name.StartsWith(prefix, StringComparison.Ordinal), $"word line {i + 1}", word, actual[layer].PerWordLineOhm.Span[i], actual[layer].PerWordLineOhm.Span);
            }

            for (int j = 0; j < crossbar.BitLineCount; j++)
            {
                int line = j + 1;
                string prefix = $"rbl{layer + 1}_";
                Compare(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith($"_{line}", StringComparison.Ordinal), $"bit line {line}",
                    bit, actual[layer].PerBitLineOhm.Span[j], actual[layer].PerBitLineOhm.Span);
                int at = j, where = layer;
                double expected = CentralDifference.Of(volts => Margin(WithOffset(netlist, where, at, volts)), 0, 1e-4);
                // The difference's own error, at a gain of some hundred.
                Close.Numbers(Math.Abs(expected), actual[layer].PerGateVolt.Span[j], 1e-6, 1e-5, $"gate {layer + 1}_{j + 1}");
            }
        }

        void Compare(Func<string, bool> isOfLine, string what, double ohms, double sensitivity, ReadOnlySpan<double> all)
        {
            double expected = CentralDifference.Of(x => Margin(WithOhms(netlist, isOfLine, x)), ohms, 20);
            double largest = 0;
            foreach (double value in all) largest = Math.Max(largest, value);
            // Margins of 0.1 V carry 1e-13 V or so, over steps of 20 ohm: 1e-14 V per ohm.
            Close.Numbers(Math.Abs(expected), sensitivity, 1e-5 * largest + 1e-13, 0, what);
        }
    }

    private static double Margin(Netlist netlist)
    {
        var point = DenseMnaOracle.Solve(netlist);
        return point[NodeNames.InvertedOutput(1, 0)] - point[NodeNames.InvertedOutput(1, 1)];
    }

    private static Netlist WithOhms(Netlist netlist, Func<string, bool> isOfLine, double ohms) => netlist with
    {
        Elements = [.. netlist.Elements.Select(e => e is Resistor r && isOfLine(r.Name) ? new Resistor(r.Name, r.Nodes[0], r.Nodes[1], ohms) : e)],
    };

    private static Netlist WithOffset(Netlist netlist, int layer, int neuron, double volts) => netlist with
    {
        Elements =
        [
            .. netlist.Elements.Select(e => e is SubcircuitCall call && call.Name == NodeNames.FirstInverter(layer, neuron)
                ? new SubcircuitCall(call.Name, ["offset", .. call.Nodes.Skip(1)], call.Subcircuit) : e),
            new VoltageSource("voffset", "offset", NodeNames.Gate(layer, neuron), volts),
        ],
    };
}
