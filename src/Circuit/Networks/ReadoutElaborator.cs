using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Networks;

/// <summary>Writes a network with current read-out as a flat netlist: devices, wires, terminal resistances, and neurons as behavioural sources.</summary>
/// <remarks>
/// What <see cref="ReadoutSolver"/> solves is what is elaborated. A bit line ends in its terminal resistance, or in a source of 0 V that
/// measures its current where that is zero; <c>l1_z3</c> holds the sum of neuron 3 of layer 1, one volt a unit, and <c>l1_a3</c> its output.
/// </remarks>
public static class ReadoutElaborator
{
    /// <summary>Elaborates a network for one sample.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Inputs x, dimensionless, without the bias.</param>
    /// <param name="title">First line of the deck.</param>
    /// <returns>A netlist with an operating-point analysis.</returns>
    /// <exception cref="ArgumentException">The number of inputs differs.</exception>
    public static Netlist Elaborate(ReadoutNetwork network, ReadOnlySpan<double> inputs, string title = "Network with current read-out on memristor crossbars")
    {
        ArgumentNullException.ThrowIfNull(network);
        if (inputs.Length != network.InputCount)
            throw new ArgumentException($"{inputs.Length} inputs for a network with {network.InputCount}.", nameof(inputs));
        var elements = new List<Element>();
        if (network.HasBias) elements.Add(new VoltageSource(NodeNames.BiasSource, NodeNames.Bias, Netlist.Ground, network.UnitVolts));
        for (int i = 0; i < inputs.Length; i++)
            elements.Add(new VoltageSource(NodeNames.InputSource(i), NodeNames.Input(i), Netlist.Ground, network.UnitVolts * inputs[i]));
        for (int l = 0; l < network.Layers.Count; l++)
        {
            Layer(network, l).AddTo(elements);
            AddEnds(elements, network.Layers[l].Crossbar, l);
            AddNeurons(elements, network, l);
        }

        return new Netlist
        {
            Title = title,
            Elements = elements,
            Analyses = [new OperatingPointAnalysis()],
            HeaderComments =
            [
                string.Create(CultureInfo.InvariantCulture, $"An input of 1 is {network.UnitVolts:R} V; node l<layer>_z<neuron> holds a sum, one volt a unit, l<layer>_a<neuron> a neuron's output"),
                .. network.Layers.Select((layer, l) => string.Create(CultureInfo.InvariantCulture,
                    $"Layer {l + 1}: {layer.Crossbar.WordLineCount} word lines, {layer.Crossbar.BitLineCount} bit lines, {layer.Neurons.Count} neurons, terminal resistance {layer.Crossbar.TerminalOhms:R} ohms")),
            ],
        };
    }

    /// <summary>Voltages of every node of the elaborated netlist, by name, from a solution.</summary>
    /// <param name="network">The network.</param>
    /// <param name="points">A solution with node voltages.</param>
    /// <returns>Volts by node name.</returns>
    public static IReadOnlyDictionary<string, double> NodeVolts(ReadoutNetwork network, IReadOnlyList<ReadoutOperatingPoint> points)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(points);
        var volts = new Dictionary<string, double>();
        for (int l = 0; l < network.Layers.Count; l++)
        {
            CrossbarSpec crossbar = network.Layers[l].Crossbar;
            ReadoutOperatingPoint point = points[l];
            LayerElaboration layer = Layer(network, l);
            for (int i = 0; i < crossbar.WordLineCount; i++)
            {
                double source = point.SourceVolts.Span[i];
                volts[SourceNode(network, l, i)] = source;
                volts[layer.HeadNode(i)] = source - crossbar.SourceOhms * point.Crossbar.WordLineAmps.Span[i];
            }

            for (int j = 0; j < crossbar.BitLineCount; j++) volts[NodeNames.Gate(l, j)] = point.Crossbar.BitLineEndVolts.Span[j];
            for (int i = 0; i < crossbar.WordLineCount; i++)
            {
                for (int j = 0; j < crossbar.BitLineCount; j++)
                {
                    int k = i * crossbar.BitLineCount + j;
                    volts.TryAdd(layer.WordNode(i, j), point.Crossbar.WordLineNodeVolts.Span[k]);
                    volts.TryAdd(layer.BitNode(i, j), point.Crossbar.BitLineNodeVolts.Span[k]);
                }
            }

            for (int k = 0; k < network.Layers[l].Neurons.Count; k++)
            {
                volts[NodeNames.Sum(l, k)] = point.Sums.Span[k];
                if (l < network.Layers.Count - 1) volts[NodeNames.Activation(l, k)] = points[l + 1].SourceVolts.Span[k];
            }
        }

        return volts;
    }

    /// <summary>Nodes that a device joins, by the names they have in the elaborated netlist.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <returns>Names of the word-line and of the bit-line node.</returns>
    public static (string WordLineNode, string BitLineNode) CrossPointNodes(ReadoutNetwork network, int layer, int wordLine, int bitLine)
    {
        ArgumentNullException.ThrowIfNull(network);
        LayerElaboration elaboration = Layer(network, layer);
        return (elaboration.WordNode(wordLine, bitLine), elaboration.BitNode(wordLine, bitLine));
    }

    private static LayerElaboration Layer(ReadoutNetwork network, int layer) =>
        new(network.Layers[layer].Crossbar, layer, isFirst: layer == 0, wordLine => SourceNode(network, layer, wordLine));

    private static string SourceNode(ReadoutNetwork network, int layer, int wordLine)
    {
        if (network.HasBias && wordLine == network.Layers[layer].Crossbar.WordLineCount - 1) return NodeNames.Bias;
        return layer == 0 ? NodeNames.Input(wordLine) : NodeNames.Activation(layer - 1, wordLine);
    }

    private static void AddEnds(List<Element> elements, CrossbarSpec crossbar, int layer)
    {
        for (int j = 0; j < crossbar.BitLineCount; j++)
        {
            string end = NodeNames.Gate(layer, j);
            elements.Add(crossbar.TerminalOhms > 0
                ? new Resistor(NodeNames.TerminalResistor(layer, j), end, Netlist.Ground, crossbar.TerminalOhms)
                : new VoltageSource(NodeNames.Ammeter(layer, j), end, Netlist.Ground, 0));
        }
    }

    private static void AddNeurons(List<Element> elements, ReadoutNetwork network, int layer)
    {
        CrossbarSpec crossbar = network.Layers[layer].Crossbar;
        for (int k = 0; k < network.Layers[layer].Neurons.Count; k++)
        {
            string sum = NodeNames.Sum(layer, k);
            string text = string.Join(" + ", network.Layers[layer].Neurons[k].Select(t => crossbar.TerminalOhms > 0
                ? string.Create(CultureInfo.InvariantCulture, $"({t.PerAmp / crossbar.TerminalOhms:R})*v({NodeNames.Gate(layer, t.BitLine)})")
                : string.Create(CultureInfo.InvariantCulture, $"({t.PerAmp:R})*i({NodeNames.Ammeter(layer, t.BitLine)})")));
            elements.Add(new BehaviouralSource(NodeNames.SumSource(layer, k), sum, Netlist.Ground, IsVoltage: true, Expression.Parse(text)));
            if (layer == network.Layers.Count - 1) continue;
            string activation = network.Activation == ReadoutActivation.Tanh
                ? string.Create(CultureInfo.InvariantCulture, $"{network.UnitVolts:R}*tanh(v({sum}))")
                : string.Create(CultureInfo.InvariantCulture, $"{network.UnitVolts:R}/(1 + exp(-v({sum})))");
            elements.Add(new BehaviouralSource(
                NodeNames.ActivationSource(layer, k), NodeNames.Activation(layer, k), Netlist.Ground, IsVoltage: true, Expression.Parse(activation)));
        }
    }
}
