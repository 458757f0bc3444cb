using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>Solves 32 samples at a time with vector units; samples that need care go to <see cref="NetworkWorker"/>.</summary>
/// <typeparam name="TLanes">Vector unit.</typeparam>
internal sealed unsafe class BatchWorker<TLanes> : INetworkWorker
    where TLanes : struct, IDoubleLanes<TLanes>
{
    private const int Width = DensePanel.Width;

    // Each pass leaves about a tenth of the coupling's error; what the curves leave out is as large as the error after the third.
    private const int CouplingPasses = 3;

    private readonly NetworkCircuit _circuit;
    private readonly BatchLayer[] _layers;
    private readonly LaneNewton<TLanes>[] _newtons;
    private readonly NetworkWorker _careful;
    private readonly DenseBuffer _input, _shared, _coupled;
    private readonly DenseBuffer[] _gates, _outputs;
    private readonly bool[] _isConverged = new bool[Width], _needsCare = new bool[Width];

    internal BatchWorker(NetworkCircuit circuit, BatchLayer[] layers, NetworkWorker careful, NetworkSolverOptions options)
    {
        (_circuit, _layers, _careful) = (circuit, layers, careful);
        _newtons = [.. layers.Select(layer => new LaneNewton<TLanes>(circuit, layer, options))];
        _input = new DenseBuffer((2L * circuit.InputCount + 2) * Width);
        _shared = new DenseBuffer(layers.Max(layer => (long)layer.CouplingTransposed.PaddedRows) * Width);
        _coupled = new DenseBuffer(layers.Max(layer => (long)layer.CouplingFactor.PaddedRows) * Width);
        _gates = [.. layers.Select(layer => new DenseBuffer((long)layer.Response.PaddedRows * Width))];
        _outputs = [.. layers.Select(layer => new DenseBuffer((2L * layer.Neurons + 2) * Width))];
        foreach (DenseBuffer output in _outputs) FillBias(output.Start + output.Length - 2 * Width);
    }

    public int Solve(NetworkBatch batch, int first, int count)
    {
        int most = 0;
        for (int start = first; start < first + count; start += Width)
            most = Math.Max(most, SolveBlock(batch, start, Math.Min(Width, first + count - start)));
        return most;
    }

    private int SolveBlock(NetworkBatch batch, int first, int count)
    {
        int most = 0;
        _needsCare.AsSpan().Clear();
        DensePanel response = LoadInputs(batch, first, count);
        double* source = _input.Start;
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            if (layer > 0) response = _layers[layer].Response;
            response.Multiply<TLanes>(source, _gates[layer].Start);
            SetStart(layer);
            most = Math.Max(most, _newtons[layer].Solve(_gates[layer].Start, _outputs[layer].Start, count, _isConverged));
            for (int s = 0; s < count; s++) _needsCare[s] |= !_isConverged[s];
            StoreLayer(batch, layer, first, count);
            source = _outputs[layer].Start;
        }

        for (int s = 0; s < count; s++)
            if (_needsCare[s]) most = Math.Max(most, _careful.Solve(batch, first + s, 1));
        return most;
    }

    private DensePanel LoadInputs(NetworkBatch batch, int first, int count)
    {
        int lines = batch.HasPairedInputs ? _circuit.InputCount : 2 * _circuit.InputCount;
        ReadOnlySpan<double> input = batch.InputVolts.Span.Slice(first * lines, count * lines);
        fixed (double* from = input)
        {
            DenseTranspose.ToColumns<TLanes>(from, count, lines, _input.Start, Width);
        }

        FillBias(_input.Start + lines * Width);
        return batch.HasPairedInputs ? _layers[0].PairedResponse! : _layers[0].Response;
    }

    private void FillBias(double* rows)
    {
        new Span<double>(rows, Width).Fill(_circuit.SupplyVolts / 2);
        new Span<double>(rows + Width, Width).Fill(-_circuit.SupplyVolts / 2);
    }

    // Outputs without the coupling, then with the currents that it makes of them.
    private void SetStart(int layer)
    {
        BatchLayer of = _layers[layer];
        double* output = _outputs[layer].Start;
        _coupled.Span.Clear();
        Follow(of, _gates[layer].Start, output);
        for (int pass = 0; pass < CouplingPasses && of.Coupling.Columns > 0; pass++)
        {
            of.CouplingTransposed.Multiply<TLanes>(output, _shared.Start);
            of.CouplingFactor.Multiply<TLanes>(_shared.Start, _coupled.Start);
            for (int i = 0; i < 2 * of.Neurons; i++)
            {
                TLanes bias = TLanes.Broadcast(of.BiasAmps[i]);
                for (double* at = _coupled.Start + i * Width, end = at + Width; at < end; at += 8) TLanes.Store(at, TLanes.Subtract(TLanes.Load(at), bias));
            }

            Follow(of, _gates[layer].Start, output);
        }
    }

    // Where inverters differ, the network's curves are moved to where each of them switches.
    private void Follow(BatchLayer of, double* gate, double* output)
    {
        for (int j = 0; j < of.Neurons; j++)
        {
            double* first = output + 2 * j * Width, amps = _coupled.Start + 2 * j * Width;
            of.Start.Follow<TLanes>(2 * j, gate + j * Width, of.InputShiftVolts[2 * j], amps, first);
            of.Start.Follow<TLanes>(2 * j + 1, first, of.InputShiftVolts[2 * j + 1], amps + Width, first + Width);
        }
    }

    private void StoreLayer(NetworkBatch batch, int layer, int first, int count)
    {
        int neurons = _layers[layer].Neurons;
        double* output = _outputs[layer].Start;
        fixed (double* gates = batch.GateVolts[layer], inverted = batch.InvertedVolts[layer], restored = batch.RestoredVolts[layer])
        {
            long at = (long)first * neurons;
            DenseTranspose.ToRows<TLanes>(_gates[layer].Start, Width, neurons, gates + at, count);
            DenseTranspose.ToRows<TLanes>(output, 2 * Width, neurons, inverted + at, count);
            DenseTranspose.ToRows<TLanes>(output + Width, 2 * Width, neurons, restored + at, count);
        }
    }
}
