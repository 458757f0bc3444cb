namespace CircuitSim.Circuit.Networks;

/// <summary>Storage of a batch while it is solved; threads write to samples of their own.</summary>
internal sealed class NetworkBatch
{
    private readonly int _sampleCount;

    internal NetworkBatch(NetworkCircuit circuit, int sampleCount, double[] sourceVolts)
    {
        _sampleCount = sampleCount;
        SourceVolts = sourceVolts;
        NeuronCounts = [.. circuit.Layers.Select(layer => layer.NeuronCount)];
        (GateVolts, InvertedVolts, RestoredVolts) = (New(), New(), New());

        double[][] New() => [.. NeuronCounts.Select(neurons => new double[sampleCount * neurons])];
    }

    internal double[] SourceVolts { get; }

    internal int[] NeuronCounts { get; }

    internal double[][] GateVolts { get; }

    internal double[][] InvertedVolts { get; }

    internal double[][] RestoredVolts { get; }

    internal NetworkOperatingPoint ToOperatingPoint(int newtonIterations) => new()
    {
        SampleCount = _sampleCount,
        InputSourceVolts = SourceVolts,
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
