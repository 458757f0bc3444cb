using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Schemes;

namespace CircuitSim.Mapping.Variation;

/// <summary>One design, many chips: weights are mapped once, then each seed gives a chip with its own devices and transistors.</summary>
/// <remarks>A chip depends on its seed and nothing else. Thread-safe.</remarks>
public sealed class ChipSampler
{
    private readonly DeviceCard _card;
    private readonly MappingOptions _options;
    private readonly ChipVariation _variation;
    private readonly double _supplyVolts;
    private readonly InverterModel _inverter;
    private readonly Design[] _layers;

    private ChipSampler(DeviceCard card, MappingOptions options, ChipVariation variation, double supplyVolts, InverterModel inverter, Design[] layers) =>
        (_card, _options, _variation, _supplyVolts, _inverter, _layers) = (card, options, variation, supplyVolts, inverter, layers);

    /// <summary>Maps the weights.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="card">The device technology.</param>
    /// <param name="options">Inverter, wires, scale, and what to do outside the window.</param>
    /// <param name="variation">In what chips differ.</param>
    /// <returns>A sampler that is ready for any seed.</returns>
    /// <exception cref="ConductanceRangeException">A conductance lies outside the window and clipping was not asked for.</exception>
    /// <exception cref="InvalidDesignException">The variation asks for transistors that the inverter does not have, or a value is out of range.</exception>
    public static ChipSampler Create(TrainedNetwork network, DeviceCard card, MappingOptions options, ChipVariation variation)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(variation);

        InverterModel inverter = Operated(options.Inverter, variation);
        Design[] layers = [.. network.Layers.Select((layer, i) => Target(network, layer, i, card, options))];
        if (options.OutOfRange == OutOfRange.Reject) RefuseOutside(layers, card);
        return new ChipSampler(card, options, variation, network.SupplyVolts * variation.Corner.SupplyRatio, inverter, layers);
    }

    /// <summary>Conductance of a weight of −∞: the lower end of the window, or, where that is 0 S, what puts a weight of +∞ on the upper end.</summary>
    /// <param name="card">The device technology.</param>
    /// <param name="conductanceRatio">K/σ_min.</param>
    /// <returns>σ_min, siemens.</returns>
    public static double SmallestSiemens(DeviceCard card, double conductanceRatio)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.MinimumSiemens > 0 ? card.MinimumSiemens : card.MaximumSiemens / (1 + conductanceRatio);
    }

    /// <summary>Makes one chip.</summary>
    /// <param name="seed">Seed of the chip.</param>
    /// <returns>The circuit, with targets and programmed conductances.</returns>
    public MappedNetwork Sample(ulong seed)
    {
        var mapped = new MappedLayer[_layers.Length];
        var circuits = new LayerCircuit[_layers.Length];
        for (int i = 0; i < _layers.Length; i++)
        {
            Design design = _layers[i];
            var programmed = new double[design.Reachable.Length];
            ProgrammingReport report = ArrayProgrammer.Program(_card, _variation.Programming, design.Reachable, seed, $"layer {i + 1}", programmed);
            mapped[i] = new MappedLayer(design.WordLines, design.BitLines, design.Target, programmed, design.Clipped)
            {
                Programming = report,
                ScaleOverLowest = design.Scale,
            };
            var crossbar = new CrossbarSpec(design.WordLines, design.BitLines, programmed,
                _options.WordLineSegmentOhms, _options.BitLineSegmentOhms, _options.SourceOhms, bitLineEnd: BitLineEnd.Open);
            circuits[i] = new LayerCircuit(crossbar)
            {
                Inverters = _variation.Mismatch?.Draw((EkvInverter)_inverter, i, design.BitLines, seed),
            };
        }

        return new MappedNetwork(new NetworkCircuit(_supplyVolts, _inverter, circuits), _card, mapped);
    }

    private static InverterModel Operated(InverterModel inverter, ChipVariation variation)
    {
        if (inverter is EkvInverter ekv) return variation.Corner.At(ekv);
        if (variation.Mismatch is null && variation.Corner.IsNominal) return inverter;

        throw new InvalidDesignException($"Inverter '{inverter.Name}'",
            ["It is a table taken at one supply and temperature, and has no transistors that could differ. Take a shipped inverter, or characterise the circuit at that corner and leave mismatch out."]);
    }

    private static Design Target(TrainedNetwork network, TrainedLayer layer, int index, DeviceCard card, MappingOptions options)
    {
        ReadOnlySpan<double> theta = layer.Theta.Span;
        double smallest = SmallestSiemens(card, network.ConductanceRatio);
        var target = new double[theta.Length];
        for (int i = 0; i < target.Length; i++)
            target[i] = smallest * PhaxScheme.RelativeConductance(theta[i], network.ConductanceRatio);
        double[] scale = Scale(network, layer, index, card, options, target);
        for (int i = 0; i < target.Length; i++) target[i] *= scale[i % layer.OutputCount];
        return new Design(layer.WordLineCount, layer.OutputCount, target,
            [.. target.Select(g => Math.Clamp(g, card.MinimumSiemens, card.MaximumSiemens))], target.Count(g => !card.Contains(g)), scale);
    }

    private static double[] Scale(
        TrainedNetwork network, TrainedLayer layer, int index, DeviceCard card, MappingOptions options, double[] lowest)
    {
        var scale = new double[layer.OutputCount];
        Array.Fill(scale, 1);
        if (options.Scale == NeuronScale.Lowest) return scale;

        double source = options.SourceOhms + (index == 0 ? 0 : NeuronScaling.OutputOhms(options.Inverter, network.SupplyVolts));
        var scaling = new NeuronScaling(card, source, options.WordLineSegmentOhms, layer.OutputCount);
        var bitLine = new double[layer.WordLineCount];
        for (int j = 0; j < scale.Length; j++)
        {
            for (int i = 0; i < bitLine.Length; i++) bitLine[i] = lowest[i * layer.OutputCount + j];
            scale[j] = scaling.Choose(bitLine);
        }

        return scale;
    }

    private static void RefuseOutside(Design[] layers, DeviceCard card)
    {
        int count = layers.Sum(l => l.Clipped);
        for (int layer = 0; layer < layers.Length && count > 0; layer++)
        {
            int index = Array.FindIndex(layers[layer].Target, g => !card.Contains(g));
            if (index < 0) continue;
            int columns = layers[layer].BitLines;
            throw new ConductanceRangeException(layer, index / columns, index % columns, layers[layer].Target[index], card, count);
        }
    }

    /// <summary>One layer before it is programmed.</summary>
    private sealed record Design(int WordLines, int BitLines, double[] Target, double[] Reachable, int Clipped, double[] Scale);
}
