using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>Solves 32 samples at a time with vector units; samples that need care go to <see cref="NetworkWorker"/>.</summary>
/// <typeparam name="TLanes">Vector unit.</typeparam>
internal sealed unsafe class BatchWorker<TLanes> : INetworkWorker
    where TLanes : struct, IDenseLanes<TLanes>
{
    private const int Width = DensePanel.Width;

    private readonly NetworkCircuit _circuit;
    private readonly BatchLayer[] _layers;
    private readonly LaneNewton<TLanes>[] _newtons;
    private readonly NetworkWorker _careful;
    private readonly DenseBuffer _input;
    private readonly DenseBuffer[] _gates, _outputs;
    private readonly bool[] _isConverged = new bool[Width], _needsCare = new bool[Width];

    internal BatchWorker(NetworkCircuit circuit, BatchLayer[] layers, NetworkWorker careful, NetworkSolverOptions options)
    {
        (_circuit, _layers, _careful) = (circuit, layers, careful);
        _newtons = [.. layers.Select(layer => new LaneNewton<TLanes>(circuit, layer, options))];
        _input = new DenseBuffer((2L * circuit.InputCount + 2) * Width);
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

    private void SetStart(int layer)
    {
        if (_layers[layer].InputShiftVolts is { } shift)
        {
            SetShiftedStart(layer, shift);
            return;
        }

        double[] inverted = _layers[layer].StartInverted, restored = _layers[layer].StartRestored;
        int last = inverted.Length - 1;
        double perVolt = last / _circuit.SupplyVolts, middle = 0.5 * last;
        double* gate = _gates[layer].Start, output = _outputs[layer].Start;
        for (int j = 0; j < _layers[layer].Neurons; j++)
            for (int s = 0; s < Width; s++)
            {
                // Gates of driven excerpts may lie beyond the rails; the nearest point of the curve is a good enough start.
                double place = Math.Min(Math.Max(middle + perVolt * gate[j * Width + s], 0), last);
                int below = Math.Min((int)place, last - 1);
                double part = place - below;
                output[2 * j * Width + s] = inverted[below] + part * (inverted[below + 1] - inverted[below]);
                output[(2 * j + 1) * Width + s] = restored[below] + part * (restored[below + 1] - restored[below]);
            }
    }

    // Inverters that differ: the network's curve, moved to where each of them switches.
    private void SetShiftedStart(int layer, double[] shift)
    {
        double[] curve = _layers[layer].StartInverted;
        int last = curve.Length - 1;
        double perVolt = last / _circuit.SupplyVolts, middle = 0.5 * last;
        double* gate = _gates[layer].Start, output = _outputs[layer].Start;
        for (int j = 0; j < _layers[layer].Neurons; j++)
            for (int s = 0; s < Width; s++)
            {
                double inverted = OnCurve(gate[j * Width + s] - shift[2 * j]);
                output[2 * j * Width + s] = inverted;
                output[(2 * j + 1) * Width + s] = OnCurve(inverted - shift[2 * j + 1]);
            }

        double OnCurve(double volts)
        {
            double place = Math.Min(Math.Max(middle + perVolt * volts, 0), last);
            int below = Math.Min((int)place, last - 1);
            return curve[below] + (place - below) * (curve[below + 1] - curve[below]);
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
