using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>Solves samples one after another, by damped Newton with the full matrix: slow and sure.</summary>
internal sealed class NetworkWorker : INetworkWorker
{
    private readonly NetworkCircuit _circuit;
    private readonly TransferMatrix[] _transfers;
    private readonly LoadedInverters?[] _loaded;
    private readonly double[][] _sources;

    internal NetworkWorker(NetworkCircuit circuit, TransferMatrix[] transfers, NetworkSolverOptions options)
    {
        _circuit = circuit;
        _transfers = transfers;
        _loaded = new LoadedInverters?[transfers.Length];
        _sources = [.. transfers.Select(t => new double[t.WordLineCount])];
        for (int layer = 0; layer + 1 < transfers.Length && !options.IgnoresLoading; layer++)
            _loaded[layer] = new LoadedInverters(circuit, layer, transfers[layer + 1], options);
    }

    public int Solve(NetworkBatch batch, int first, int count)
    {
        int most = 0;
        for (int sample = first; sample < first + count; sample++)
        {
            int pairs = _circuit.InputCount;
            NetworkSources.OfSample(batch.InputVolts.Span, batch.HasPairedInputs, sample, _sources[0].AsSpan(0, 2 * pairs));
            for (int layer = 0; layer < _transfers.Length; layer++)
                most = Math.Max(most, SolveLayer(batch, layer, sample));
        }

        return most;
    }

    private int SolveLayer(NetworkBatch batch, int layer, int sample)
    {
        int neurons = batch.NeuronCounts[layer];
        Span<double> gate = batch.GateVolts[layer].AsSpan(sample * neurons, neurons);
        Span<double> inverted = batch.InvertedVolts[layer].AsSpan(sample * neurons, neurons);
        Span<double> restored = batch.RestoredVolts[layer].AsSpan(sample * neurons, neurons);
        double[] source = _sources[layer];
        (source[^2], source[^1]) = (_circuit.SupplyVolts / 2, -_circuit.SupplyVolts / 2);

        ReadOnlySpan<double> response = _transfers[layer].GateResponse.Span;
        for (int j = 0; j < neurons; j++)
        {
            gate[j] = DenseKernels.Dot(response.Slice(j * source.Length, source.Length), source);
            inverted[j] = UnloadedInverter.OutputVolts(_circuit.InverterAt(layer, 2 * j), gate[j], _circuit.SupplyVolts);
            restored[j] = UnloadedInverter.OutputVolts(_circuit.InverterAt(layer, 2 * j + 1), inverted[j], _circuit.SupplyVolts);
        }

        int iterations = _loaded[layer]?.Solve(gate, inverted, restored) ?? 0;
        if (layer + 1 < _sources.Length)
            for (int j = 0; j < neurons; j++) (_sources[layer + 1][2 * j], _sources[layer + 1][2 * j + 1]) = (inverted[j], restored[j]);
        return iterations;
    }
}
