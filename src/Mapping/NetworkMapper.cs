using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Schemes;

namespace CircuitSim.Mapping;

/// <summary>Turns a trained network into a circuit of programmed devices.</summary>
public static class NetworkMapper
{
    /// <summary>Maps every weight to a device and lays the layers out as crossbars with wires.</summary>
    /// <remarks>Conductance = σ_min of the card · (1 + r·sigmoid(θ)); only ratios matter to the passive sum, so the smallest device sits at σ_min.</remarks>
    /// <param name="network">The trained network.</param>
    /// <param name="card">The device technology.</param>
    /// <param name="options">Inverter, wires, and what to do outside the window.</param>
    /// <returns>The circuit, with targets and programmed conductances.</returns>
    /// <exception cref="ConductanceRangeException">A conductance lies outside the window and clipping was not asked for.</exception>
    /// <exception cref="InvalidDesignException">A wire resistance is out of range, or the card's window begins at 0 S.</exception>
    public static MappedNetwork Map(TrainedNetwork network, DeviceCard card, MappingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(options);

        if (!(card.MinimumSiemens > 0))
            throw new InvalidDesignException($"Device card '{card.Name}'", ["Its window begins at 0 S; conductances of this scheme are multiples of the smallest one, which must be positive. Take another card."]);

        double[][] targets = [.. network.Layers.Select(l => Targets(l, network.ConductanceRatio, card))];
        if (options.OutOfRange == OutOfRange.Reject) RefuseOutside(network, targets, card);

        var layers = new MappedLayer[targets.Length];
        var circuits = new LayerCircuit[targets.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            TrainedLayer trained = network.Layers[i];
            double[] programmed = [.. targets[i].Select(g => Math.Clamp(g, card.MinimumSiemens, card.MaximumSiemens))];
            int clipped = targets[i].Count(g => !card.Contains(g));
            layers[i] = new MappedLayer(trained.WordLineCount, trained.OutputCount, targets[i], programmed, clipped);
            circuits[i] = new LayerCircuit(new CrossbarSpec(
                trained.WordLineCount, trained.OutputCount, programmed,
                options.WordLineSegmentOhms, options.BitLineSegmentOhms, options.SourceOhms,
                bitLineEnd: BitLineEnd.Open));
        }

        return new MappedNetwork(new NetworkCircuit(network.SupplyVolts, options.Inverter, circuits), card, layers);
    }

    private static double[] Targets(TrainedLayer layer, double ratio, DeviceCard card)
    {
        ReadOnlySpan<double> theta = layer.Theta.Span;
        var siemens = new double[theta.Length];
        for (int i = 0; i < siemens.Length; i++)
            siemens[i] = card.MinimumSiemens * PhaxScheme.RelativeConductance(theta[i], ratio);
        return siemens;
    }

    private static void RefuseOutside(TrainedNetwork network, double[][] targets, DeviceCard card)
    {
        int count = targets.Sum(t => t.Count(g => !card.Contains(g)));
        if (count == 0) return;

        for (int layer = 0; layer < targets.Length; layer++)
        {
            int index = Array.FindIndex(targets[layer], g => !card.Contains(g));
            if (index < 0) continue;
            int columns = network.Layers[layer].OutputCount;
            throw new ConductanceRangeException(layer, index / columns, index % columns, targets[layer][index], card, count);
        }
    }
}
