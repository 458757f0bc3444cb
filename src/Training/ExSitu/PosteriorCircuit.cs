using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Training.ExSitu;

/// <summary>Programmed arrays of a transferred posterior as circuits with current read-out, every wire included.</summary>
/// <remarks>
/// Each of the K crossbars of a layer has two bit lines a neuron; their currents are subtracted and scaled to the neuron's sum. A network of crossbars k
/// goes from the inputs to class probabilities by itself, and probabilities are averaged digitally, because the disagreement of the K networks is
/// what epistemic uncertainty is made of. The analogue alternative for the last layer, all K currents of a class on one line, averages sums instead.
/// </remarks>
public static class PosteriorCircuit
{
    /// <summary>The network of one crossbar a layer.</summary>
    /// <param name="transfer">The transfer.</param>
    /// <param name="crossbar">Index k from 0.</param>
    /// <param name="siemens">Programmed conductances of that crossbar, siemens, [layer].</param>
    /// <param name="wiring">Read voltage, wires and ends.</param>
    /// <returns>The circuit, with tanh neurons between its layers.</returns>
    public static ReadoutNetwork Network(PosteriorTransfer transfer, int crossbar, IReadOnlyList<double[]> siemens, ReadoutWiring wiring)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(siemens);
        ArgumentNullException.ThrowIfNull(wiring);
        return new ReadoutNetwork(wiring.ReadVolts, hasBias: true, [.. siemens.Select((g, l) =>
        {
            int words = transfer.LayerSizes[l] + 1, neurons = transfer.LayerSizes[l + 1];
            return new ReadoutLayer(Crossbar(words, 2 * neurons, g, wiring), Terms(transfer.Pairs(crossbar, l).SiemensPerWeight, neurons, 0, 1, wiring));
        })])
        {
            Activation = ReadoutActivation.Tanh,
        };
    }

    /// <summary>The first layer of all K crossbars as one array: word lines are shared, the bit lines of the crossbars stand side by side.</summary>
    /// <remarks>After the K·n sums come n more, the mean of each neuron over the crossbars: what all their currents on one line, over K, would read.</remarks>
    /// <param name="transfer">The transfer.</param>
    /// <param name="siemens">Programmed conductances, siemens, [crossbar][layer].</param>
    /// <param name="wiring">Read voltage, wires and ends.</param>
    /// <returns>A circuit of one layer.</returns>
    public static ReadoutNetwork Layer(PosteriorTransfer transfer, IReadOnlyList<double[][]> siemens, ReadoutWiring wiring)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(siemens);
        ArgumentNullException.ThrowIfNull(wiring);
        int words = transfer.LayerSizes[0] + 1, neurons = transfer.LayerSizes[1], count = siemens.Count, lines = 2 * neurons * count;
        double scale = transfer.Pairs(0, 0).SiemensPerWeight;
        var all = new double[words * lines];
        for (int k = 0; k < count; k++)
            for (int i = 0; i < words; i++)
                siemens[k][0].AsSpan(i * 2 * neurons, 2 * neurons).CopyTo(all.AsSpan(i * lines + k * 2 * neurons));
        IReadOnlyList<ReadoutTerm>[] own = [.. Enumerable.Range(0, count).SelectMany(k => Terms(scale, neurons, k, 1, wiring))];
        IReadOnlyList<ReadoutTerm>[] means = [.. Enumerable.Range(0, neurons).Select(j => (IReadOnlyList<ReadoutTerm>)[.. Enumerable.Range(0, count).SelectMany(k => Terms(scale, neurons, k, count, wiring)[j])])];
        return new ReadoutNetwork(wiring.ReadVolts, hasBias: true, [new ReadoutLayer(Crossbar(words, lines, all, wiring), [.. own, .. means])]);
    }

    /// <summary>Weights and biases that a network of crossbars reads as, wires included: crossbars are linear and neurons do not load them, so these give its exact sums.</summary>
    /// <param name="circuit">A network of <see cref="Network"/>.</param>
    /// <returns>Parameters in the order of a network's: layer after layer, row-major [input and bias, neuron].</returns>
    public static double[] Parameters(ReadoutNetwork circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var parameters = new double[circuit.Layers.Sum(l => l.Crossbar.WordLineCount * l.Neurons.Count)];
        int start = 0;
        foreach (ReadoutLayer layer in circuit.Layers)
        {
            int words = layer.Crossbar.WordLineCount, neurons = layer.Neurons.Count;
            ReadOnlySpan<double> admittance = TransferMatrix.Compute(layer.Crossbar, hasSourceAdmittance: false, threadCount: 1).EndAdmittanceSiemens.Span;
            for (int j = 0; j < neurons; j++)
                foreach (ReadoutTerm term in layer.Neurons[j])
                    for (int i = 0; i < words; i++) parameters[start + i * neurons + j] += term.PerAmp * circuit.UnitVolts * admittance[term.BitLine * words + i];
            start += words * neurons;
        }

        return parameters;
    }

    private static CrossbarSpec Crossbar(int words, int lines, double[] siemens, ReadoutWiring wiring) => new(
        words, lines, siemens, wiring.WordLineSegmentOhms, wiring.BitLineSegmentOhms, wiring.SourceOhms, wiring.TerminalOhms, BitLineEnd.Ground);

    private static IReadOnlyList<ReadoutTerm>[] Terms(double siemensPerWeight, int neurons, int block, int averaged, ReadoutWiring wiring)
    {
        double perAmp = 1 / (siemensPerWeight * wiring.ReadVolts * averaged);
        return [.. Enumerable.Range(0, neurons).Select(j => (IReadOnlyList<ReadoutTerm>)
            [new ReadoutTerm(2 * (block * neurons + j), perAmp), new ReadoutTerm(2 * (block * neurons + j) + 1, -perAmp)])];
    }
}
