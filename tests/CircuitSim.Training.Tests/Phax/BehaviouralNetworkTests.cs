using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;
using CircuitSim.Training.Phax;

namespace CircuitSim.Training.Tests.Phax;

public sealed class BehaviouralNetworkTests
{
    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(NeuronCurveKind.Tanh)]
    [InlineData(NeuronCurveKind.Table)]
    public void Evaluate_follows_the_word_lines_of_the_circuit_one_by_one(NeuronCurveKind kind)
    {
        int[] sizes = [3, 4, 5, 2];
        TrainedNetwork network = RandomNetwork(sizes);
        IReadOnlyList<INeuronCurve> curves = NeuronCurves.Create(kind, InverterModel.EkvPhax90, 0.5, sizes, new NominalLoad(0.12e-6, 7.33));
        const int samples = 131;
        var random = new CounterRandom(8, "inputs");
        double[] inputs = [.. Enumerable.Range(0, samples * 3).Select(i => random.Uniform((ulong)i, -0.25, 0.25))];

        BehaviouralResult result = BehaviouralNetwork.Create(network, curves).Evaluate(inputs, samples);

        for (int sample = 0; sample < samples; sample++)
        {
            List<double> lines = [.. inputs.AsSpan(3 * sample, 3).ToArray().SelectMany(x => new[] { x, -x })];
            for (int l = 0; l < 3; l++)
            {
                double[] volts = [.. lines, 0.25, -0.25];
                lines.Clear();
                for (int j = 0; j < sizes[l + 1]; j++)
                {
                    double gate = Gate(network.Layers[l], j, volts);
                    double[] n = new double[1], p = new double[1];
                    curves[l].Evaluate([gate], n, new double[1], p, new double[1]);
                    LayerOperatingPoint layer = result.Layers[l];
                    int at = sample * layer.NeuronCount + j;

                    // Sums of a dozen terms, each rounded, times a cascade gain below 100.
                    Close.Numbers(gate, layer.GateVolts.Span[at], 1e-15, what: "gate");
                    Close.Numbers(n[0], layer.InvertedVolts.Span[at], 1e-13, what: "n");
                    Close.Numbers(p[0], layer.RestoredVolts.Span[at], 1e-13, what: "p");
                    lines.Add(n[0]);
                    lines.Add(p[0]);
                }
            }

            int strongest = lines[2] > lines[0] ? 1 : 0;
            Assert.Equal(strongest, result.Classes.Span[sample]);
            Assert.Equal(result.Logits.Span[2 * sample + strongest], Math.Max(result.Logits.Span[2 * sample], result.Logits.Span[2 * sample + 1]));
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Curves_that_do_not_fit_the_network_are_refused()
    {
        TrainedNetwork network = RandomNetwork([3, 4, 2]);
        IReadOnlyList<INeuronCurve> other = NeuronCurves.Create(NeuronCurveKind.Tanh, InverterModel.EkvSym, 0.6, [3, 4, 5, 2], null);

        InvalidDesignException error = Assert.Throws<InvalidDesignException>(() => BehaviouralNetwork.Create(network, other));

        Assert.Equal(2, error.Violations.Count);
    }

    private static double Gate(TrainedLayer layer, int neuron, double[] volts)
    {
        double sum = 0, weighted = 0;
        for (int line = 0; line < volts.Length; line++)
        {
            double sigma = 1 + 7.33 / (1 + Math.Exp(-layer.Theta.Span[line * layer.OutputCount + neuron]));
            sum += sigma;
            weighted += sigma * volts[line];
        }

        return weighted / sum;
    }

    private static TrainedNetwork RandomNetwork(int[] sizes)
    {
        var random = new CounterRandom(4, "network");
        var layers = new List<TrainedLayer>();
        for (int l = 0; l < sizes.Length - 1; l++)
        {
            int offset = 1000 * l;
            double[] theta = [.. Enumerable.Range(0, (2 * sizes[l] + 2) * sizes[l + 1]).Select(i => 2 * random.Normal((ulong)(offset + i)))];
            layers.Add(new TrainedLayer(sizes[l], sizes[l + 1], theta));
        }

        return new TrainedNetwork(0.5, 7.33, "test", layers);
    }
}
