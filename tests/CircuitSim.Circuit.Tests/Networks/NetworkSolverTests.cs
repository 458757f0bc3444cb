using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Tests.Crossbars;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Networks;

public sealed class NetworkSolverTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Every_node_of_random_networks_matches_full_nodal_analysis_of_the_netlist()
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            NetworkCircuit circuit = RandomNetworks.Any(random);
            double[] input = RandomCrossbars.Volts(random, circuit.InputCount);

            NetworkOperatingPoint point = NetworkSolver.Create(circuit).Solve(input);

            CompareWithOracle(circuit, Elaborator.Elaborate(circuit, input), point, $"seed {seed}");
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Inverters_that_differ_match_full_nodal_analysis_of_the_netlist()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            NetworkCircuit circuit = RandomNetworks.Mismatched(random, RandomNetworks.Any(random));
            double[] input = RandomCrossbars.Volts(random, circuit.InputCount);

            NetworkOperatingPoint point = NetworkSolver.Create(circuit).Solve(input);

            CompareWithOracle(circuit, Elaborator.Elaborate(circuit, input), point, $"seed {seed}");
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Two_inverters_a_neuron_are_needed_when_they_differ()
    {
        NetworkCircuit circuit = RandomNetworks.Of(new Random(5), [2, 3], 2, 3, 50, InverterModel.EkvPhax90);

        var error = Assert.Throws<InvalidDesignException>(() =>
            new NetworkCircuit(0.5, circuit.Inverter, [circuit.Layers[0] with { Inverters = [InverterModel.EkvSym] }]));

        Assert.Contains("1 inverters of its own; two a neuron, 6, are needed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("ekv-sym", -0.05, 0.226689945987)]
    [InlineData("ekv-sym", 0.10, -0.245980381913)]
    [InlineData("ekv-phax90", -0.02, -0.054561421494)]
    [InlineData("ekv-phax90", 0.05, -0.242004762292)]
    public void The_last_layer_follows_the_published_curve_of_an_unloaded_inverter(string inverter, double gateVolts, double expected)
    {
        // Two equal devices a line: the gate is at half the sum of its two sources, here both at the wanted voltage.
        var spec = new CrossbarSpec(4, 1, [1e-6, 1e-6, 0, 0], bitLineEnd: BitLineEnd.Open);
        var circuit = new NetworkCircuit(0.5, InverterModel.Find(inverter)!, [new LayerCircuit(spec)]);

        NetworkOperatingPoint point = NetworkSolver.Create(circuit).SolveDriven([gateVolts, gateVolts]);

        Close.Numbers(gateVolts, point.Layers[0].GateVolts.Span[0], 1e-16);
        // The table has 12 decimals.
        Close.Numbers(expected, point.OutputInvertedVolts.Span[0], 1e-12);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_loaded_inverter_delivers_the_current_of_the_device_on_its_output()
    {
        // Layer 2: n and p of one neuron and the bias pair on one bit line. Its gate floats at a voltage that no closed form
        // gives, so the check is Kirchhoff's law at n: inverter current equals device current.
        var first = new CrossbarSpec(4, 1, [1e-6, 0.9e-6, 0.5e-6, 0.4e-6], bitLineEnd: BitLineEnd.Open);
        var second = new CrossbarSpec(4, 1, [1 / 0.9e6, 2e-6, 1e-6, 1e-6], bitLineEnd: BitLineEnd.Open);
        var circuit = new NetworkCircuit(0.5, InverterModel.EkvPhax90, [new LayerCircuit(first), new LayerCircuit(second)]);

        NetworkOperatingPoint point = NetworkSolver.Create(circuit).Solve([0.03]);

        double gate = point.Layers[0].GateVolts.Span[0], n = point.Layers[0].InvertedVolts.Span[0], next = point.Layers[1].GateVolts.Span[0];
        // Currents are microamps; 1e-16 of their rounding remains.
        Close.Numbers((n - next) / 0.9e6, circuit.Inverter.OutputCurrent(gate, n, 0.5).Amps, 1e-20, 1e-12);
        Assert.True(point.NewtonIterations > 0);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_batch_gives_the_same_bits_on_one_and_on_two_threads_as_sample_by_sample()
    {
        var random = new Random(7);
        NetworkCircuit circuit = RandomNetworks.Of(random, [5, 6, 3], 1, 1, 10, InverterModel.EkvPhax90);
        double[] input = RandomCrossbars.Volts(random, 200 * 5);

        NetworkOperatingPoint one = NetworkSolver.Create(circuit, new NetworkSolverOptions { ThreadCount = 1 }).SolveBatch(input, 200);
        NetworkOperatingPoint two = NetworkSolver.Create(circuit, new NetworkSolverOptions { ThreadCount = 2 }).SolveBatch(input, 200);

        Assert.Equal(one.OutputInvertedVolts.ToArray(), two.OutputInvertedVolts.ToArray());
        Assert.Equal(one.Layers[0].RestoredVolts.ToArray(), two.Layers[0].RestoredVolts.ToArray());
        NetworkOperatingPoint single = NetworkSolver.Create(circuit).Solve(input.AsSpan(137 * 5, 5));
        // A batch may take sums in another order than a single sample does: rounding, times the gain of four inverters.
        Close.Lists(single.OutputInvertedVolts.Span, one.OutputInvertedVolts.Span.Slice(137 * 3, 3), 1e-12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Ignoring_loads_gives_the_unloaded_curve_at_every_neuron()
    {
        var random = new Random(3);
        NetworkCircuit circuit = RandomNetworks.Of(random, [3, 4, 2], 0, 0, 0, InverterModel.EkvSym);

        NetworkOperatingPoint point = NetworkSolver.Create(circuit, new NetworkSolverOptions { IgnoresLoading = true }).Solve([0.1, -0.2, 0.05]);

        for (int j = 0; j < 4; j++)
        {
            double n = point.Layers[0].InvertedVolts.Span[j];
            // The current's rounding.
            Close.Numbers(0, circuit.Inverter.OutputCurrent(point.Layers[0].GateVolts.Span[j], n, 0.5).Amps, 1e-19);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Node_voltages_of_a_sample_agree_with_its_ports()
    {
        var random = new Random(11);
        NetworkCircuit circuit = RandomNetworks.Of(random, [4, 5, 3], 2, 3, 50, InverterModel.EkvPhax90);
        NetworkSolver solver = NetworkSolver.Create(circuit);
        NetworkOperatingPoint point = solver.SolveBatch(RandomCrossbars.Volts(random, 8), 2);

        CrossbarOperatingPoint nodes = solver.SolveCrossbar(point, layer: 1, sample: 1);

        // The node solve's tolerance.
        Close.Lists(point.Layers[1].GateVolts.Span[3..], nodes.BitLineEndVolts.Span, 2e-12);
        Assert.Equal(12 * 3, nodes.WordLineNodeVolts.Length);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Without_wires_the_network_is_the_same_with_fewer_resistances()
    {
        NetworkCircuit circuit = RandomNetworks.Of(new Random(5), [2, 3], 2, 3, 50, InverterModel.EkvPhax90);

        CrossbarSpec ideal = circuit.WithIdealWires().Layers[0].Crossbar;

        Assert.True(ideal.HasIdealWires);
        Assert.Equal(0, ideal.SourceOhms);
        Assert.Equal(circuit.Layers[0].Crossbar.ConductanceSiemens.ToArray(), ideal.ConductanceSiemens.ToArray());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void An_excerpt_matches_full_nodal_analysis_of_its_own_netlist()
    {
        var random = new Random(13);
        NetworkCircuit circuit = RandomNetworks.Of(random, [6, 8, 5], 2, 3, 50, InverterModel.EkvPhax90);
        NetworkSolver solver = NetworkSolver.Create(circuit);
        NetworkOperatingPoint whole = solver.Solve(RandomCrossbars.Volts(random, 6));

        NetworkExcerpt excerpt = NetworkExcerpt.Cut(solver, whole, sample: 0, layer: 1, inputPairs: 3, neurons: 2);

        NetworkOperatingPoint point = NetworkSolver.Create(excerpt.Circuit).SolveDriven(excerpt.SourceVolts.Span);
        DenseMnaOracle oracle = DenseMnaOracle.Solve(excerpt.Elaborate());
        for (int j = 0; j < 2; j++)
        {
            // Pivoted elimination of a matrix with 0.5 S wires beside 1 µS devices.
            Close.Numbers(oracle[NodeNames.Gate(1, j)], point.Layers[0].GateVolts.Span[j], 1e-10);
            Close.Numbers(oracle[NodeNames.RestoredOutput(1, j)], point.Layers[0].RestoredVolts.Span[j], 1e-9);
        }
    }

    private static void CompareWithOracle(NetworkCircuit circuit, Netlist netlist, NetworkOperatingPoint point, string what)
    {
        DenseMnaOracle oracle = DenseMnaOracle.Solve(netlist);
        for (int layer = 0; layer < circuit.Layers.Count; layer++)
            for (int j = 0; j < circuit.Layers[layer].NeuronCount; j++)
            {
                // Promised by the design; the oracle's own rounding is about 1e-11 V before the inverters' gain.
                const double Absolute = 1e-9;
                LayerOperatingPoint solved = point.Layers[layer];
                Close.Numbers(oracle[NodeNames.Gate(layer, j)], solved.GateVolts.Span[j], Absolute, 0, $"{what}: {NodeNames.Gate(layer, j)}");
                Close.Numbers(oracle[NodeNames.InvertedOutput(layer, j)], solved.InvertedVolts.Span[j], Absolute, 0, $"{what}: {NodeNames.InvertedOutput(layer, j)}");
                Close.Numbers(oracle[NodeNames.RestoredOutput(layer, j)], solved.RestoredVolts.Span[j], Absolute, 0, $"{what}: {NodeNames.RestoredOutput(layer, j)}");
            }
    }
}
