using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Networks;

/// <summary>A corner of one layer, small enough for any simulator: an honest circuit of its own, with the wires and devices of the network it is cut from.</summary>
/// <remarks>
/// It has the first input pairs and the bias pair of the layer as word lines and the layer's first bit lines, and is driven by
/// ideal sources at the voltages that the whole network has there. Its gate voltages differ from the network's,
/// because devices are missing; it serves to compare solvers, not to predict the network.
/// </remarks>
public sealed record NetworkExcerpt
{
    /// <summary>The excerpt as a network of one layer.</summary>
    public required NetworkCircuit Circuit { get; init; }

    /// <summary>Sources of its word lines without the bias pair, volts, for <see cref="NetworkSolver.SolveDriven"/>.</summary>
    public required ReadOnlyMemory<double> SourceVolts { get; init; }

    /// <summary>Index from 0 of the layer it is cut from.</summary>
    public required int Layer { get; init; }

    /// <summary>Cuts an excerpt out of a solved network.</summary>
    /// <param name="solver">Solver of the whole network.</param>
    /// <param name="point">A result of that solver.</param>
    /// <param name="sample">Sample index from 0 whose voltages drive the excerpt.</param>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="inputPairs">Input pairs to keep, at least 1.</param>
    /// <param name="neurons">Bit lines to keep, at least 1.</param>
    /// <returns>The excerpt.</returns>
    /// <exception cref="InvalidDesignException">The layer has fewer pairs or neurons.</exception>
    public static NetworkExcerpt Cut(NetworkSolver solver, NetworkOperatingPoint point, int sample, int layer, int inputPairs, int neurons)
    {
        ArgumentNullException.ThrowIfNull(solver);
        double[] source = solver.WordLineSourceVolts(point, layer, sample);
        CrossbarSpec whole = solver.Circuit.Layers[layer].Crossbar;
        CheckSize(solver.Circuit.Layers[layer], layer, inputPairs, neurons);

        int wordLines = 2 * inputPairs + 2;
        var g = new double[wordLines * neurons];
        for (int i = 0; i < wordLines; i++)
        {
            int from = i < 2 * inputPairs ? i : whole.WordLineCount - wordLines + i;
            for (int j = 0; j < neurons; j++) g[i * neurons + j] = whole[from, j];
        }

        var spec = new CrossbarSpec(wordLines, neurons, g, whole.WordLineSegmentOhms, whole.BitLineSegmentOhms,
            whole.SourceOhms, bitLineEnd: BitLineEnd.Open, convention: whole.Convention);
        return new NetworkExcerpt
        {
            Circuit = new NetworkCircuit(solver.Circuit.SupplyVolts, solver.Circuit.Inverter,
            [
                new LayerCircuit(spec) { Inverters = solver.Circuit.Layers[layer].Inverters?.Take(2 * neurons).ToArray() },
            ]),
            SourceVolts = source.AsMemory(0, 2 * inputPairs),
            Layer = layer,
        };
    }

    /// <summary>The excerpt as a netlist that keeps the layer's number in names.</summary>
    /// <returns>A netlist with an operating-point analysis.</returns>
    public Netlist Elaborate() => Elaborator.ElaborateDriven(Circuit, SourceVolts.Span, new ElaborationOptions
    {
        Title = string.Create(CultureInfo.InvariantCulture,
            $"Excerpt of layer {Layer + 1}: {Circuit.InputCount} input pairs, bias pair, {Circuit.OutputCount} neurons"),
        FirstLayerIndex = Layer,
    });

    private static void CheckSize(LayerCircuit layer, int index, int inputPairs, int neurons)
    {
        var violations = new List<string>();
        if (inputPairs < 1 || inputPairs > layer.InputCount)
            violations.Add($"{inputPairs} input pairs; layer {index + 1} offers 1 to {layer.InputCount}.");
        if (neurons < 1 || neurons > layer.NeuronCount)
            violations.Add($"{neurons} neurons; layer {index + 1} offers 1 to {layer.NeuronCount}.");
        if (violations.Count > 0) throw new InvalidDesignException("Excerpt", violations);
    }
}
