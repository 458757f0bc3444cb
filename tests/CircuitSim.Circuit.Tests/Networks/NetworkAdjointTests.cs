using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Tests.Crossbars;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Networks;

public sealed class NetworkAdjointTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(false)]
    [InlineData(true)]
    public void Derivatives_of_random_networks_match_central_differences(bool ignoresLoading)
    {
        var options = new NetworkSolverOptions { IgnoresLoading = ignoresLoading };
        for (int seed = 1; seed <= 25; seed++)
        {
            var random = new Random(seed);
            NetworkCircuit circuit = RandomNetworks.Any(random, 3);
            if (seed % 2 == 0) circuit = RandomNetworks.Mismatched(random, circuit);
            double[] input = RandomCrossbars.Volts(random, circuit.InputCount, 0.1);
            double[] perInverted = RandomCrossbars.Volts(random, circuit.OutputCount, 1), perRestored = RandomCrossbars.Volts(random, circuit.OutputCount, 0.1);
            NetworkSolver solver = NetworkSolver.Create(circuit, options);

            NetworkGradient gradient = NetworkAdjoint.Create(solver).Gradient(solver.Solve(input), perInverted, perRestored);

            for (int layer = 0; layer < circuit.Layers.Count; layer++)
            {
                double[] g = circuit.Layers[layer].Crossbar.ConductanceSiemens.ToArray();
                double[] actual = gradient.Layers[layer].PerSiemens.ToArray();
                double largest = g.Zip(actual, (a, b) => Math.Abs(a * b)).Max();
                for (int at = 0; at < g.Length; at++)
                {
                    (int where, int device) = (layer, at);
                    // A chain of inverters multiplies gains of 10 and more, so that truncation asks for short steps and rounding for long ones.
                    double expected = new[] { 4e-4, 5e-5 }
                        .Select(step => CentralDifference.Of(x => Loss(WithDevice(circuit, where, device, x)), g[at], step * g[at]))
                        .MinBy(slope => Math.Abs(slope - actual[device]));
                    // What the better of two steps leaves.
                    Close.Numbers(expected * g[at], actual[at] * g[at], 1e-6 * largest, 1e-6, $"seed {seed}: layer {layer + 1}, device {at}");
                }
            }

            for (int k = 0; k < input.Length; k++)
            {
                int at = k;
                double expected = new[] { 1e-4, 2e-5 }
                    .Select(step => CentralDifference.Of(x => Weighted(solver.Solve([.. input.Select((v, i) => i == at ? x : v)])), input[at], step))
                    .MinBy(slope => Math.Abs(slope - gradient.PerInputVolt.Span[at]));
                // The same.
                Close.Numbers(expected, gradient.PerInputVolt.Span[k], 1e-6, 1e-6, $"seed {seed}: input {k}");
            }

            double Loss(NetworkCircuit changed) => Weighted(NetworkSolver.Create(changed, options).Solve(input));

            double Weighted(NetworkOperatingPoint point) =>
                point.OutputInvertedVolts.ToArray().Zip(perInverted, (a, b) => a * b).Sum()
                + point.OutputRestoredVolts.ToArray().Zip(perRestored, (a, b) => a * b).Sum();
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_batch_sums_its_samples_and_does_not_depend_on_threads()
    {
        var random = new Random(2);
        NetworkCircuit circuit = RandomNetworks.Of(random, [4, 5, 3], 1, 1, 10, InverterModel.EkvPhax90);
        double[] input = RandomCrossbars.Volts(random, 7 * 4), weights = RandomCrossbars.Volts(random, 7 * 3, 1);

        NetworkGradient one = Gradient(1, input, weights, 7), two = Gradient(2, input, weights, 7);

        Assert.Equal(one.Layers[0].PerSiemens.ToArray(), two.Layers[0].PerSiemens.ToArray());
        Assert.Equal(one.PerInputVolt.ToArray(), two.PerInputVolt.ToArray());
        var sum = new double[12 * 3];
        for (int sample = 0; sample < 7; sample++)
        {
            ReadOnlySpan<double> single = Gradient(1, input[(sample * 4)..(sample * 4 + 4)], weights[(sample * 3)..(sample * 3 + 3)], 1).Layers[1].PerSiemens.Span;
            for (int at = 0; at < sum.Length; at++) sum[at] += single[at];
        }

        // Solves to 1e-14 V, and another order of the sum.
        Close.Lists(sum, one.Layers[1].PerSiemens.Span, 1e-9 * sum.Max(Math.Abs));

        NetworkGradient Gradient(int threads, double[] inputs, double[] outputWeights, int count)
        {
            NetworkSolver solver = NetworkSolver.Create(circuit, new NetworkSolverOptions { ThreadCount = threads });
            return NetworkAdjoint.Create(solver).Gradient(solver.SolveBatch(inputs, count), outputWeights);
        }
    }

    private static NetworkCircuit WithDevice(NetworkCircuit circuit, int layer, int at, double siemens)
    {
        LayerCircuit[] layers = [.. circuit.Layers];
        CrossbarSpec old = layers[layer].Crossbar;
        double[] g = old.ConductanceSiemens.ToArray();
        g[at] = siemens;
        layers[layer] = layers[layer] with
        {
            Crossbar = new CrossbarSpec(old.WordLineCount, old.BitLineCount, g, old.WordLineSegmentOhms, old.BitLineSegmentOhms,
                old.SourceOhms, bitLineEnd: old.BitLineEnd, convention: old.Convention),
        };
        return new NetworkCircuit(circuit.SupplyVolts, circuit.Inverter, layers);
    }
}
