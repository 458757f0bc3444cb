using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Networks;

/// <summary>Nodes and elements of one layer's crossbar; the only place that decides which nodes a zero resistance merges.</summary>
/// <param name="crossbar">The crossbar.</param>
/// <param name="layer">Layer index from 0 in names.</param>
/// <param name="isFirst">Whether inputs drive its word lines, and not the inverters of the layer before.</param>
/// <param name="driver">Node that drives a word line; null takes those of an inverter network.</param>
internal sealed class LayerElaboration(CrossbarSpec crossbar, int layer, bool isFirst, Func<int, string>? driver = null)
{
    private readonly LineOpens _opens = new(crossbar);

    private bool HasOuterSegments => crossbar.Convention == WireConvention.C1;

    private bool HasWordSegments => crossbar.WordLineSegmentOhms > 0;

    private bool HasBitSegments => crossbar.BitLineSegmentOhms > 0;

    internal void AddTo(List<Element> elements)
    {
        for (int i = 0; i < crossbar.WordLineCount; i++) AddWordLine(elements, i);
        for (int i = 0; i < crossbar.WordLineCount; i++)
            for (int j = 0; j < crossbar.BitLineCount; j++)
                if (crossbar[i, j] > 0)
                    elements.Add(new Resistor(NodeNames.Device(layer, i, j), WordNode(i, j), BitNode(i, j), 1 / crossbar[i, j]));
        for (int j = 0; j < crossbar.BitLineCount; j++) AddBitLine(elements, j);
        for (int k = 0; k < crossbar.Faults.Count; k++) AddShort(elements, crossbar.Faults[k], k);
    }

    private void AddShort(List<Element> elements, LineFault fault, int index)
    {
        (int i, int j) = (fault.WordLine, fault.BitLine);
        if (fault.Kind == LineFaultKind.ShortedWordLines)
            elements.Add(new Resistor(NodeNames.WordLineShort(layer, i, j, index), WordNode(i, j), WordNode(i + 1, j), fault.Ohms));
        if (fault.Kind == LineFaultKind.ShortedBitLines)
            elements.Add(new Resistor(NodeNames.BitLineShort(layer, i, j, index), BitNode(i, j), BitNode(i, j + 1), fault.Ohms));
    }

    internal string SourceNode(int wordLine)
    {
        if (driver is not null) return driver(wordLine);
        if (wordLine >= crossbar.WordLineCount - 2)
            return wordLine == crossbar.WordLineCount - 2 ? NodeNames.PositiveRail : NodeNames.NegativeRail;

        int pair = wordLine / 2;
        bool isFirstOfPair = wordLine % 2 == 0;
        if (isFirst) return isFirstOfPair ? NodeNames.PositiveInput(pair) : NodeNames.NegativeInput(pair);
        return isFirstOfPair ? NodeNames.InvertedOutput(layer - 1, pair) : NodeNames.RestoredOutput(layer - 1, pair);
    }

    // Node behind the source resistance, ahead of the first segment. A line that has lost its driver is a node of its own.
    internal string HeadNode(int wordLine)
    {
        if (_opens.Word(wordLine, 0)) return HasWordSegments ? NodeNames.WordLineNode(layer, wordLine, 0) : NodeNames.WordLine(layer, wordLine);
        if (crossbar.SourceOhms == 0) return SourceNode(wordLine);
        if (!HasWordSegments) return NodeNames.WordLine(layer, wordLine);
        return HasOuterSegments ? NodeNames.WordLineHead(layer, wordLine) : NodeNames.WordLineNode(layer, wordLine, 0);
    }

    internal string WordNode(int wordLine, int bitLine) =>
        !HasWordSegments || (bitLine == 0 && !HasOuterSegments) ? HeadNode(wordLine) : NodeNames.WordLineNode(layer, wordLine, bitLine);

    internal string BitNode(int wordLine, int bitLine) =>
        !HasBitSegments || (wordLine == crossbar.WordLineCount - 1 && !HasOuterSegments)
            ? NodeNames.Gate(layer, bitLine)
            : NodeNames.BitLineNode(layer, wordLine, bitLine);

    private void AddWordLine(List<Element> elements, int i)
    {
        if (crossbar.SourceOhms > 0 && !_opens.Word(i, 0))
            elements.Add(new Resistor(NodeNames.SourceResistor(layer, i), SourceNode(i), HeadNode(i), crossbar.SourceOhms));
        if (!HasWordSegments) return;

        for (int j = HasOuterSegments ? 0 : 1; j < crossbar.BitLineCount; j++)
        {
            if (_opens.Word(i, j)) continue;
            elements.Add(new Resistor(
                NodeNames.WordLineSegment(layer, i, j), j == 0 ? HeadNode(i) : WordNode(i, j - 1), WordNode(i, j), crossbar.WordLineSegmentOhms));
        }
    }

    private void AddBitLine(List<Element> elements, int j)
    {
        if (!HasBitSegments) return;

        int last = crossbar.WordLineCount - 1;
        for (int i = 0; i < (HasOuterSegments ? last + 1 : last); i++)
        {
            if (_opens.Bit(i, j)) continue;
            elements.Add(new Resistor(
                NodeNames.BitLineSegment(layer, i, j), BitNode(i, j), i == last ? NodeNames.Gate(layer, j) : BitNode(i + 1, j), crossbar.BitLineSegmentOhms));
        }
    }

    /// <summary>Tells the capacitance of every segment, half at each end, and of the neurons' gates.</summary>
    internal void AddCapacitances(NetworkCapacitances farads, Action<string, double> add)
    {
        for (int i = 0; i < crossbar.WordLineCount; i++)
            for (int j = HasOuterSegments ? 0 : 1; j < crossbar.BitLineCount; j++)
                Segment(j == 0 ? HeadNode(i) : WordNode(i, j - 1), WordNode(i, j), farads.WordLineSegmentFarads);
        int last = crossbar.WordLineCount - 1;
        for (int j = 0; j < crossbar.BitLineCount; j++)
        {
            for (int i = 0; i < (HasOuterSegments ? last + 1 : last); i++)
                Segment(BitNode(i, j), i == last ? NodeNames.Gate(layer, j) : BitNode(i + 1, j), farads.BitLineSegmentFarads);
            add(NodeNames.Gate(layer, j), farads.GateFarads);
            add(NodeNames.InvertedOutput(layer, j), farads.GateFarads);
        }

        void Segment(string from, string to, double value)
        {
            add(from, value / 2);
            add(to, value / 2);
        }
    }
}
