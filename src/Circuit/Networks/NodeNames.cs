using System.Globalization;

namespace CircuitSim.Circuit.Networks;

/// <summary>Names of nodes and devices in decks: flat, lower case, and made here only. Layers and lines count from 1 in names.</summary>
/// <remarks>Indices passed in count from 0, as everywhere else in the library.</remarks>
public static class NodeNames
{
    /// <summary>Node of the positive rail, +Vdd/2.</summary>
    public const string PositiveRail = "vp";

    /// <summary>Node of the negative rail, −Vdd/2.</summary>
    public const string NegativeRail = "vn";

    /// <summary>Voltage source of the positive rail.</summary>
    public const string PositiveRailSource = "vvp";

    /// <summary>Voltage source of the negative rail.</summary>
    public const string NegativeRailSource = "vvn";

    /// <summary>Node of the bias of a network with current read-out.</summary>
    public const string Bias = "bias";

    /// <summary>Voltage source of the bias.</summary>
    public const string BiasSource = "vbias";

    /// <summary>Subcircuit of the inverter, with ports in, out, vp, vn.</summary>
    public const string InverterSubcircuit = "inv";

    /// <summary>Word-line node at a cross-point, for example <c>l1_w12_34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <returns>The node name.</returns>
    public static string WordLineNode(int layer, int wordLine, int bitLine) => Name($"l{layer + 1}_w{wordLine + 1}_{bitLine + 1}");

    /// <summary>Bit-line node at a cross-point, for example <c>l1_b12_34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <returns>The node name.</returns>
    public static string BitLineNode(int layer, int wordLine, int bitLine) => Name($"l{layer + 1}_b{wordLine + 1}_{bitLine + 1}");

    /// <summary>Gate at the end of a bit line, for example <c>l1_g34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="neuron">Neuron (bit-line) index from 0.</param>
    /// <returns>The node name.</returns>
    public static string Gate(int layer, int neuron) => Name($"l{layer + 1}_g{neuron + 1}");

    /// <summary>Output of a neuron's first, inverting, inverter, for example <c>l1_n34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="neuron">Neuron index from 0.</param>
    /// <returns>The node name.</returns>
    public static string InvertedOutput(int layer, int neuron) => Name($"l{layer + 1}_n{neuron + 1}");

    /// <summary>Output of a neuron's second inverter, for example <c>l1_p34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="neuron">Neuron index from 0.</param>
    /// <returns>The node name.</returns>
    public static string RestoredOutput(int layer, int neuron) => Name($"l{layer + 1}_p{neuron + 1}");

    /// <summary>Source node of an input's positive line, for example <c>in12_p</c>.</summary>
    /// <param name="input">Input index from 0.</param>
    /// <returns>The node name.</returns>
    public static string PositiveInput(int input) => Name($"in{input + 1}_p");

    /// <summary>Source node of an input's negative line, for example <c>in12_n</c>.</summary>
    /// <param name="input">Input index from 0.</param>
    /// <returns>The node name.</returns>
    public static string NegativeInput(int input) => Name($"in{input + 1}_n");

    /// <summary>Memristor at a cross-point as a resistor, for example <c>rl1_12_34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <returns>The element name.</returns>
    public static string Device(int layer, int wordLine, int bitLine) => Name($"rl{layer + 1}_{wordLine + 1}_{bitLine + 1}");

    /// <summary>Word line without segment resistance, behind its source resistance: one node, for example <c>l1_w12</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <returns>The name.</returns>
    public static string WordLine(int layer, int wordLine) => Name($"l{layer + 1}_w{wordLine + 1}");

    /// <summary>Bit line as a whole, for example <c>l1_b34</c>; its nodes are those of its cross-points and its gate.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <returns>The name.</returns>
    public static string BitLine(int layer, int bitLine) => Name($"l{layer + 1}_b{bitLine + 1}");

    /// <summary>Node between the source resistance of a word line and its first segment, for example <c>l1_h12</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <returns>The name.</returns>
    public static string WordLineHead(int layer, int wordLine) => Name($"l{layer + 1}_h{wordLine + 1}");

    /// <summary>Source resistance of a word line, for example <c>rsl1_12</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <returns>The name.</returns>
    public static string SourceResistor(int layer, int wordLine) => Name($"rsl{layer + 1}_{wordLine + 1}");

    /// <summary>Word-line segment that leads to a cross-point, for example <c>rwl1_12_34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <returns>The name.</returns>
    public static string WordLineSegment(int layer, int wordLine, int bitLine) => Name($"rwl{layer + 1}_{wordLine + 1}_{bitLine + 1}");

    /// <summary>Bit-line segment that leaves a cross-point downwards, for example <c>rbl1_12_34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <returns>The name.</returns>
    public static string BitLineSegment(int layer, int wordLine, int bitLine) => Name($"rbl{layer + 1}_{wordLine + 1}_{bitLine + 1}");

    /// <summary>Short between a word line and the next one, for example <c>rwsl1_12_34_2</c>; the last number tells faults apart.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">First word line, index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <param name="fault">Fault index from 0.</param>
    /// <returns>The name.</returns>
    public static string WordLineShort(int layer, int wordLine, int bitLine, int fault) => Name($"rwsl{layer + 1}_{wordLine + 1}_{bitLine + 1}_{fault + 1}");

    /// <summary>Short between a bit line and the next one, for example <c>rbsl1_12_34_2</c>; the last number tells faults apart.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <param name="bitLine">First bit line, index from 0.</param>
    /// <param name="fault">Fault index from 0.</param>
    /// <returns>The name.</returns>
    public static string BitLineShort(int layer, int wordLine, int bitLine, int fault) => Name($"rbsl{layer + 1}_{wordLine + 1}_{bitLine + 1}_{fault + 1}");

    /// <summary>First, inverting, inverter of a neuron as a subcircuit call, for example <c>xl1_n34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="neuron">Neuron index from 0.</param>
    /// <returns>The name.</returns>
    public static string FirstInverter(int layer, int neuron) => Name($"xl{layer + 1}_n{neuron + 1}");

    /// <summary>Second inverter of a neuron as a subcircuit call, for example <c>xl1_p34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="neuron">Neuron index from 0.</param>
    /// <returns>The name.</returns>
    public static string SecondInverter(int layer, int neuron) => Name($"xl{layer + 1}_p{neuron + 1}");

    /// <summary>Subcircuit of an inverter that differs from the others, for example <c>inv_xl1_n34</c>.</summary>
    /// <param name="instance">The inverter's call.</param>
    /// <returns>The name.</returns>
    public static string OwnSubcircuit(string instance) => $"{InverterSubcircuit}_{instance}";

    /// <summary>Voltage source of an input's positive line, for example <c>vin12_p</c>.</summary>
    /// <param name="input">Input index from 0.</param>
    /// <returns>The name.</returns>
    public static string PositiveInputSource(int input) => Name($"vin{input + 1}_p");

    /// <summary>Voltage source of an input's negative line, for example <c>vin12_n</c>.</summary>
    /// <param name="input">Input index from 0.</param>
    /// <returns>The name.</returns>
    public static string NegativeInputSource(int input) => Name($"vin{input + 1}_n");

    /// <summary>Source node of an input of a network with current read-out, for example <c>in12</c>.</summary>
    /// <param name="input">Input index from 0.</param>
    /// <returns>The name.</returns>
    public static string Input(int input) => Name($"in{input + 1}");

    /// <summary>Voltage source of an input of a network with current read-out, for example <c>vin12</c>.</summary>
    /// <param name="input">Input index from 0.</param>
    /// <returns>The name.</returns>
    public static string InputSource(int input) => Name($"vin{input + 1}");

    /// <summary>Sum of a neuron with current read-out, one volt a unit, for example <c>l1_z34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="neuron">Neuron index from 0.</param>
    /// <returns>The name.</returns>
    public static string Sum(int layer, int neuron) => Name($"l{layer + 1}_z{neuron + 1}");

    /// <summary>Source that forms the sum of a neuron, for example <c>bl1_z34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="neuron">Neuron index from 0.</param>
    /// <returns>The name.</returns>
    public static string SumSource(int layer, int neuron) => Name($"bl{layer + 1}_z{neuron + 1}");

    /// <summary>Output of a digital neuron, for example <c>l1_a34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="neuron">Neuron index from 0.</param>
    /// <returns>The name.</returns>
    public static string Activation(int layer, int neuron) => Name($"l{layer + 1}_a{neuron + 1}");

    /// <summary>Source that forms the output of a digital neuron, for example <c>bl1_a34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="neuron">Neuron index from 0.</param>
    /// <returns>The name.</returns>
    public static string ActivationSource(int layer, int neuron) => Name($"bl{layer + 1}_a{neuron + 1}");

    /// <summary>Terminal resistance of a bit line, for example <c>rtl1_34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <returns>The name.</returns>
    public static string TerminalResistor(int layer, int bitLine) => Name($"rtl{layer + 1}_{bitLine + 1}");

    /// <summary>Source of 0 V that measures the current of a bit line, for example <c>vml1_34</c>.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <returns>The name.</returns>
    public static string Ammeter(int layer, int bitLine) => Name($"vml{layer + 1}_{bitLine + 1}");

    /// <summary>Capacitance from a node to ground, for example <c>cl1_g34</c>.</summary>
    /// <param name="node">The node.</param>
    /// <returns>The name.</returns>
    public static string Capacitor(string node) => $"c{node}";

    /// <summary>What a node is, by its name.</summary>
    /// <param name="node">A node name made here.</param>
    /// <returns>Its kind and the index of its layer from 0, −1 for sources; null for a name that is not made here.</returns>
    public static (NodeKind Kind, int Layer)? KindOf(string node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node is PositiveRail or NegativeRail or Bias || (node.StartsWith("in", StringComparison.Ordinal) && node.Length > 2 && char.IsAsciiDigit(node[2])))
            return (NodeKind.Source, -1);

        int end = node.IndexOf('_', StringComparison.Ordinal);
        bool isPlaced = end > 1 && end + 2 < node.Length && node[0] == 'l' && char.IsAsciiDigit(node[end + 2]);
        if (!isPlaced || !int.TryParse(node.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int layer)) return null;
        return node[end + 1] switch
        {
            'w' or 'h' => (NodeKind.WordLine, layer - 1),
            'b' => (NodeKind.BitLine, layer - 1),
            'g' => (NodeKind.Gate, layer - 1),
            'n' => (NodeKind.InvertedOutput, layer - 1),
            'p' => (NodeKind.RestoredOutput, layer - 1),
            'z' => (NodeKind.Sum, layer - 1),
            'a' => (NodeKind.Activation, layer - 1),
            _ => null,
        };
    }

    private static string Name(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
