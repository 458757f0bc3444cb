using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Export.CrossCheck;

/// <summary>A solved sample as voltages by node name, every wire node included, as an elaborated deck names them.</summary>
public static class NamedVoltages
{
    /// <summary>Names every node of a solved sample.</summary>
    /// <param name="solver">The solver.</param>
    /// <param name="point">A result of that solver.</param>
    /// <param name="sample">Sample index from 0.</param>
    /// <param name="firstLayerIndex">Index from 0 that the first layer has in names.</param>
    /// <returns>Node name to volts.</returns>
    public static IReadOnlyDictionary<string, double> Of(NetworkSolver solver, NetworkOperatingPoint point, int sample, int firstLayerIndex = 0)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(point);
        var volts = new Dictionary<string, double>
        {
            [NodeNames.PositiveRail] = solver.Circuit.SupplyVolts / 2,
            [NodeNames.NegativeRail] = -solver.Circuit.SupplyVolts / 2,
        };
        double[] inputs = solver.WordLineSourceVolts(point, 0, sample);
        for (int k = 0; k < solver.Circuit.InputCount; k++)
        {
            volts[NodeNames.PositiveInput(k)] = inputs[2 * k];
            volts[NodeNames.NegativeInput(k)] = inputs[2 * k + 1];
        }

        for (int layer = 0; layer < solver.Circuit.Layers.Count; layer++)
        {
            AddCrossbar(volts, solver, point, layer, sample, firstLayerIndex);
            AddNeurons(volts, point.Layers[layer], layer + firstLayerIndex, sample);
        }

        return volts;
    }

    private static void AddCrossbar(
        Dictionary<string, double> volts, NetworkSolver solver, NetworkOperatingPoint point, int layer, int sample, int firstLayerIndex)
    {
        CrossbarSpec spec = solver.Circuit.Layers[layer].Crossbar;
        if (spec.HasIdealWires && spec.SourceOhms == 0 && spec.Faults.Count == 0) return;

        CrossbarOperatingPoint crossbar = solver.SolveCrossbar(point, layer, sample);
        ReadOnlySpan<double> word = crossbar.WordLineNodeVolts.Span, bit = crossbar.BitLineNodeVolts.Span;
        double[] source = solver.WordLineSourceVolts(point, layer, sample);
        for (int i = 0; i < spec.WordLineCount; i++)
        {
            for (int j = 0; j < spec.BitLineCount; j++)
            {
                (string wordNode, string bitNode) = Elaborator.CrossPointNodes(solver.Circuit, layer, i, j, firstLayerIndex);
                volts.TryAdd(wordNode, word[i * spec.BitLineCount + j]);
                volts.TryAdd(bitNode, bit[i * spec.BitLineCount + j]);
            }

            // A line without a driver begins at its first cross-point.
            if (spec is { SourceOhms: > 0, WordLineSegmentOhms: > 0 } && !spec.Faults.Contains(LineFault.DeadDriver(i)))
                volts.TryAdd(NodeNames.WordLineHead(layer + firstLayerIndex, i), source[i] - spec.SourceOhms * crossbar.WordLineAmps.Span[i]);
        }
    }

    private static void AddNeurons(Dictionary<string, double> volts, LayerOperatingPoint layer, int index, int sample)
    {
        int offset = sample * layer.NeuronCount;
        for (int j = 0; j < layer.NeuronCount; j++)
        {
            volts[NodeNames.Gate(index, j)] = layer.GateVolts.Span[offset + j];
            volts[NodeNames.InvertedOutput(index, j)] = layer.InvertedVolts.Span[offset + j];
            volts[NodeNames.RestoredOutput(index, j)] = layer.RestoredVolts.Span[offset + j];
        }
    }
}
