using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Tests.Crossbars;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Networks;

/// <summary>Samples solved 32 at a time against samples solved one by one with the full Newton matrix.</summary>
public sealed class BatchWorkerTests
{
    private const int Samples = 37;

    [SkippableFact]
    [Trait("Kind", "property")]
    public void Wide_vectors_agree_with_one_sample_at_a_time()
    {
        Skip.IfNot(DenseLanes512.IsSupported, "needs AVX-512");

        CompareWithCareful((circuit, layers, careful, options) => new BatchWorker<DenseLanes512>(circuit, layers, careful, options));
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void Narrow_vectors_agree_with_one_sample_at_a_time()
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");

        CompareWithCareful((circuit, layers, careful, options) => new BatchWorker<DenseLanes256>(circuit, layers, careful, options));
    }

    private static void CompareWithCareful(Func<NetworkCircuit, BatchLayer[], NetworkWorker, NetworkSolverOptions, INetworkWorker> create)
    {
        // More than 16 bit lines in the second layer, so that the coupling is cut short; wires that drop a good part of a volt.
        (int[] Sizes, double Ohms, double SourceOhms)[] cases = [([3, 9, 4], 0, 0), ([7, 12, 30, 5], 20, 500), ([5, 10, 33], 200, 0), ([4, 20, 1], 0, 1e4)];
        // A tenth of the default, so that rounding decides; and so much that the steps of straight inverters end the iteration.
        (double Tolerance, double Volts)[] limits = [(1e-13, 1e-11), (1e-10, 6e-9)];
        foreach ((int[] sizes, double ohms, double sourceOhms) in cases)
            foreach (bool isMismatched in new[] { false, true })
                foreach ((double tolerance, double volts) in limits) Compare(create, sizes, ohms, sourceOhms, isMismatched, tolerance, volts);
    }

    // The limit in volts is what rounding of gate voltages, 1e-16 V, or the tolerance may grow to: gains are about 60 a neuron.
    private static void Compare(
        Func<NetworkCircuit, BatchLayer[], NetworkWorker, NetworkSolverOptions, INetworkWorker> create,
        int[] sizes, double ohms, double sourceOhms, bool isMismatched, double tolerance, double volts)
    {
        var random = new Random(sizes.Length + sizes[^1]);
        NetworkCircuit circuit = RandomNetworks.Of(random, sizes, ohms, ohms, sourceOhms, InverterModel.EkvPhax90);
        if (isMismatched) circuit = RandomNetworks.Mismatched(random, circuit);
        var options = new NetworkSolverOptions { UpdateToleranceVolts = tolerance };
        TransferMatrix[] transfers = [.. circuit.Layers.Select(layer => TransferMatrix.Compute(layer.Crossbar))];
        BatchLayer[] layers = [.. transfers.Select((_, layer) => new BatchLayer(circuit, transfers, layer, ignoresLoading: false))];
        var careful = new NetworkWorker(circuit, transfers, new NetworkSolverOptions { UpdateToleranceVolts = 1e-13 });
        double[] input = RandomCrossbars.Volts(random, Samples * circuit.InputCount);
        var expected = new NetworkBatch(circuit, Samples, input, hasPairedInputs: true);
        var actual = new NetworkBatch(circuit, Samples, input, hasPairedInputs: true);
        careful.Solve(expected, 0, Samples);

        create(circuit, layers, careful, options).Solve(actual, 0, Samples);

        for (int layer = 0; layer < circuit.Layers.Count; layer++)
        {
            string what = $"{string.Join('-', sizes)}{(isMismatched ? ", mismatched" : "")}, layer {layer + 1}";
            Close.Lists(expected.GateVolts[layer], actual.GateVolts[layer], volts, 0, what + " gate");
            Close.Lists(expected.InvertedVolts[layer], actual.InvertedVolts[layer], volts, 0, what + " n");
            Close.Lists(expected.RestoredVolts[layer], actual.RestoredVolts[layer], volts, 0, what + " p");
        }
    }
}
