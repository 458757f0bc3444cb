using System.Globalization;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Networks;

/// <summary>Writes a network circuit out as a flat netlist: every device, wire segment, source and inverter is an element.</summary>
/// <remarks>
/// What is solved by <see cref="NetworkSolver"/> is what is elaborated. Zero resistances merge nodes: without source
/// resistance and word-line segments an input source or inverter output is the word line itself, and without bit-line
/// segments the gate is the whole bit line. Absent devices have no element.
/// </remarks>
public static class Elaborator
{
    /// <summary>Elaborates a network with its inputs at ±x.</summary>
    /// <param name="circuit">The network.</param>
    /// <param name="inputVolts">Inputs x, volts, length N.</param>
    /// <param name="options">Title and layer numbers.</param>
    /// <returns>A netlist with an operating-point analysis.</returns>
    /// <exception cref="ArgumentException">The length is not N.</exception>
    /// <exception cref="Errors.InvalidDesignException">The inverter is known as a table only.</exception>
    public static Netlist Elaborate(NetworkCircuit circuit, ReadOnlySpan<double> inputVolts, ElaborationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        if (inputVolts.Length != circuit.InputCount)
            throw new ArgumentException($"{inputVolts.Length} voltages for {circuit.InputCount} inputs.", nameof(inputVolts));
        return ElaborateDriven(circuit, NetworkSources.FromInputs(inputVolts), options);
    }

    /// <summary>Elaborates a network whose first word lines have sources of their own.</summary>
    /// <param name="circuit">The network.</param>
    /// <param name="sourceVolts">Sources of the first layer's word lines without the bias pair, volts, length 2N.</param>
    /// <param name="options">Title and layer numbers.</param>
    /// <returns>A netlist with an operating-point analysis.</returns>
    /// <exception cref="ArgumentException">The length is not 2N.</exception>
    /// <exception cref="Errors.InvalidDesignException">The inverter is known as a table only.</exception>
    public static Netlist ElaborateDriven(NetworkCircuit circuit, ReadOnlySpan<double> sourceVolts, ElaborationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        if (sourceVolts.Length != 2 * circuit.InputCount)
            throw new ArgumentException($"{sourceVolts.Length} source voltages for {circuit.InputCount} input pairs.", nameof(sourceVolts));

        options ??= new ElaborationOptions();
        InverterCell cell = circuit.Inverter.Cell();
        List<SubcircuitDefinition> definitions = [.. cell.Definitions];
        var elements = new List<Element>();
        AddSources(elements, circuit, sourceVolts);
        for (int i = 0; i < circuit.Layers.Count; i++)
        {
            var layer = new LayerElaboration(circuit.Layers[i].Crossbar, options.FirstLayerIndex + i, isFirst: i == 0);
            layer.AddTo(elements);
            AddInverters(elements, definitions, cell, circuit.Layers[i], options.FirstLayerIndex + i);
        }

        if (options.Capacitances is { } capacitances) AddCapacitors(elements, circuit, capacitances, options.FirstLayerIndex);
        return new Netlist
        {
            Title = options.Title,
            Elements = elements,
            Subcircuits = definitions,
            VerbatimLines = cell.Lines,
            Analyses = [new OperatingPointAnalysis()],
            HeaderComments = Comments(circuit),
        };
    }

    /// <summary>Nodes that a device joins, by the names they have in the elaborated netlist.</summary>
    /// <param name="circuit">The network.</param>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <param name="firstLayerIndex">Index from 0 that the first layer of the circuit has in names.</param>
    /// <returns>Names of the word-line and of the bit-line node.</returns>
    public static (string WordLineNode, string BitLineNode) CrossPointNodes(
        NetworkCircuit circuit, int layer, int wordLine, int bitLine, int firstLayerIndex = 0)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var elaboration = new LayerElaboration(circuit.Layers[layer].Crossbar, firstLayerIndex + layer, isFirst: layer == 0);
        return (elaboration.WordNode(wordLine, bitLine), elaboration.BitNode(wordLine, bitLine));
    }

    private static void AddSources(List<Element> elements, NetworkCircuit circuit, ReadOnlySpan<double> sourceVolts)
    {
        elements.Add(new VoltageSource(NodeNames.PositiveRailSource, NodeNames.PositiveRail, Netlist.Ground, circuit.SupplyVolts / 2));
        elements.Add(new VoltageSource(NodeNames.NegativeRailSource, NodeNames.NegativeRail, Netlist.Ground, -circuit.SupplyVolts / 2));
        for (int k = 0; k < circuit.InputCount; k++)
        {
            elements.Add(new VoltageSource(
                NodeNames.PositiveInputSource(k), NodeNames.PositiveInput(k), Netlist.Ground, sourceVolts[2 * k]));
            elements.Add(new VoltageSource(
                NodeNames.NegativeInputSource(k), NodeNames.NegativeInput(k), Netlist.Ground, sourceVolts[2 * k + 1]));
        }
    }

    // Inverters that differ are subcircuits of their own, called after their instance.
    private static void AddInverters(List<Element> elements, List<SubcircuitDefinition> definitions, InverterCell shared, LayerCircuit circuit, int layer)
    {
        for (int j = 0; j < circuit.NeuronCount; j++)
        {
            string gate = NodeNames.Gate(layer, j), inverted = NodeNames.InvertedOutput(layer, j), restored = NodeNames.RestoredOutput(layer, j);
            Add(NodeNames.FirstInverter(layer, j), 2 * j, gate, inverted);
            Add(NodeNames.SecondInverter(layer, j), 2 * j + 1, inverted, restored);
        }

        void Add(string name, int output, string from, string to)
        {
            InverterCell cell = circuit.Inverters is { } own ? own[output].Cell(NodeNames.OwnSubcircuit(name)) : shared;
            if (cell != shared) definitions.AddRange(cell.Definitions);
            elements.Add(cell.Call(name, from, to));
        }
    }

    private static void AddCapacitors(List<Element> elements, NetworkCircuit circuit, NetworkCapacitances capacitances, int firstLayerIndex)
    {
        var farads = new OrderedDictionary<string, double>();
        for (int i = 0; i < circuit.Layers.Count; i++)
        {
            new LayerElaboration(circuit.Layers[i].Crossbar, firstLayerIndex + i, isFirst: i == 0).AddCapacitances(capacitances, (node, value) =>
            {
                if (value > 0 && node is not (NodeNames.PositiveRail or NodeNames.NegativeRail))
                    farads[node] = farads.TryGetValue(node, out double before) ? before + value : value;
            });
        }

        foreach ((string node, double value) in farads) elements.Add(new Capacitor(NodeNames.Capacitor(node), node, Netlist.Ground, value));
    }

    private static List<string> Comments(NetworkCircuit circuit)
    {
        List<string> comments =
        [
            string.Create(CultureInfo.InvariantCulture, $"Supply {circuit.SupplyVolts:R} V, inverter {circuit.Inverter.Name}"),
        ];
        for (int i = 0; i < circuit.Layers.Count; i++)
            comments.Add(string.Create(CultureInfo.InvariantCulture,
                $"Layer {i + 1}: {circuit.Layers[i].Crossbar.WordLineCount} word lines, {circuit.Layers[i].NeuronCount} neurons{(circuit.Layers[i].Inverters is null ? "" : ", each inverter with parameters of its own")}"));
        return comments;
    }
}
