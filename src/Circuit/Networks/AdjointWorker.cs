using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Circuit.Networks;

/// <summary>Differentiates samples on one thread, with scratch memory of its own.</summary>
internal sealed class AdjointWorker
{
    private readonly NetworkSolver _solver;
    private readonly CrossbarAdjoint[] _crossbars;
    private readonly LoadedInverters?[] _loaded;
    private readonly double[][] _perSource;

    internal AdjointWorker(NetworkSolver solver, NetworkSolverOptions options, bool keepsLines = false)
    {
        _solver = solver;
        IReadOnlyList<LayerCircuit> layers = solver.Circuit.Layers;
        _crossbars = [.. layers.Select(layer => CrossbarAdjoint.Create(layer.Crossbar))];
        _perSource = [.. layers.Select(layer => new double[layer.Crossbar.WordLineCount])];
        Sums = [.. layers.Select(layer => layer.Crossbar).Select(crossbar => keepsLines
            ? new CrossbarGradientSum(crossbar.ConductanceSiemens.Length, crossbar.WordLineCount, crossbar.BitLineCount)
            : new CrossbarGradientSum(crossbar.ConductanceSiemens.Length))];
        PerGate = new double[layers.Count][];
        _loaded = new LoadedInverters?[layers.Count];
        for (int layer = 0; layer + 1 < layers.Count && !options.IgnoresLoading; layer++)
            _loaded[layer] = new LoadedInverters(solver.Circuit, layer, solver.Transfers[layer + 1], options);
    }

    internal CrossbarGradientSum[] Sums { get; }

    /// <summary>Loss per gate volt of each layer, for the sample accumulated last.</summary>
    internal double[][] PerGate { get; }

    /// <summary>Adds one sample's derivatives and writes those to its sources.</summary>
    internal void Accumulate(
        NetworkOperatingPoint point, int sample, ReadOnlySpan<double> perInverted, ReadOnlySpan<double> perRestored, double[] perInputSource)
    {
        // Loss per output volt of the layer in hand, n and p in turn; then the multipliers of its outputs' equations.
        int outputs = _solver.Circuit.OutputCount;
        var perOutput = new double[2 * outputs];
        for (int j = 0; j < outputs; j++)
        {
            if (!perInverted.IsEmpty) perOutput[2 * j] = perInverted[sample * outputs + j];
            if (!perRestored.IsEmpty) perOutput[2 * j + 1] = perRestored[sample * outputs + j];
        }

        double[] perGate = new double[outputs];
        LayerMultipliers(point, sample, _crossbars.Length - 1, perOutput, perGate);
        for (int layer = _crossbars.Length - 1; layer >= 0; layer--)
        {
            PerGate[layer] = perGate;
            double[] source = _solver.WordLineSourceVolts(point, layer, sample);
            if (layer == 0)
            {
                _crossbars[0].Accumulate(source, perGate, [], _perSource[0], Sums[0]);
                break;
            }

            // What the gates ask of the outputs before them comes first: the multipliers need it, and drive the adjoint crossbar.
            perGate = PassLayer(point, sample, layer, source, perGate);
        }

        int pairLines = 2 * _solver.Circuit.InputCount;
        _perSource[0].AsSpan(0, pairLines).CopyTo(perInputSource.AsSpan(sample * pairLines));
    }

    // From the loss per gate volt of a layer to that of the layer before, adding the layer's derivatives.
    private double[] PassLayer(NetworkOperatingPoint point, int sample, int layer, double[] source, double[] perGate)
    {
        int before = layer - 1, neurons = _solver.Circuit.Layers[before].NeuronCount;
        double[] perOutput = TransposedResponse(layer, perGate);
        var perEarlierGate = new double[neurons];
        LayerMultipliers(point, sample, before, perOutput.AsSpan(0, 2 * neurons), perEarlierGate);
        var weights = new double[source.Length];
        if (_loaded[before] is not null) perOutput.AsSpan(0, 2 * neurons).CopyTo(weights);
        _crossbars[layer].Accumulate(source, perGate, weights, [], Sums[layer]);
        return perEarlierGate;
    }

    // Tᵀ a: loss per source volt through the gates alone.
    private double[] TransposedResponse(int layer, double[] perGate)
    {
        int m = _solver.Transfers[layer].WordLineCount;
        ReadOnlySpan<double> response = _solver.Transfers[layer].GateResponse.Span;
        var perSource = new double[m];
        for (int j = 0; j < perGate.Length; j++) Linear.DenseKernels.AddScaled(perGate[j], response.Slice(j * m, m), perSource);
        return perSource;
    }

    private void LayerMultipliers(NetworkOperatingPoint point, int sample, int layer, Span<double> perOutput, double[] perGate)
    {
        LayerOperatingPoint state = point.Layers[layer];
        int neurons = state.NeuronCount, first = sample * neurons;
        ReadOnlySpan<double> gate = state.GateVolts.Span.Slice(first, neurons);
        ReadOnlySpan<double> inverted = state.InvertedVolts.Span.Slice(first, neurons), restored = state.RestoredVolts.Span.Slice(first, neurons);
        if (_loaded[layer] is { } loaded) loaded.Multipliers(gate, inverted, restored, perOutput, perGate);
        else UnloadedInverter.Multipliers(_solver.Circuit, layer, gate, inverted, restored, perOutput, perGate);
    }
}
