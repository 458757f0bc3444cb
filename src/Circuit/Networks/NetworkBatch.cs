namespace CircuitSim.Circuit.Networks;

/// <summary>Storage of a batch while it is solved; threads write to samples of their own.</summary>
internal sealed class NetworkBatch
{
    private readonly int _sampleCount;

    internal NetworkBatch(NetworkCircuit circuit, int sampleCount, ReadOnlyMemory<double> inputVolts, bool hasPairedInputs)
    {
        _sampleCount = sampleCount;
        InputVolts = inputVolts;
        HasPairedInputs = hasPairedInputs;
        NeuronCounts = [.. circuit.Layers.Select(layer => layer.NeuronCount)];
        (GateVolts, InvertedVolts, RestoredVolts) = (New(), New(), New());

        // Every sample is written, or the whole batch is given up.
        double[][] New() => [.. NeuronCounts.Select(neurons => GC.AllocateUninitializedArray<double>(sampleCount * neurons))];
    }

    /// <summary>Inputs x, [sample, input], or sources, [sample, word line], volts.</summary>
    internal ReadOnlyMemory<double> InputVolts { get; }

    /// <summary>True when the two sources of every pair are at ±x.</summary>
    internal bool HasPairedInputs { get; }

    internal int[] NeuronCounts { get; }

    internal double[][] GateVolts { get; }

    internal double[][] InvertedVolts { get; }

    internal double[][] RestoredVolts { get; }

    internal NetworkOperatingPoint ToOperatingPoint(int newtonIterations) => new()
    {
        SampleCount = _sampleCount,
        InputVolts = InputVolts,
        HasPairedInputs = HasPairedInputs,
        NewtonIterations = newtonIterations,
        Layers =
        [
            .. NeuronCounts.Select((neurons, layer) => new LayerOperatingPoint
            {
                NeuronCount = neurons,
                GateVolts = GateVolts[layer],
                InvertedVolts = InvertedVolts[layer],
                RestoredVolts = RestoredVolts[layer],
            }),
        ],
    };
}
