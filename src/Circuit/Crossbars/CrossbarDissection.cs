using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Order of elimination for a crossbar by geometric nested dissection (George, SIAM J. Numer. Anal. 10, 1973).</summary>
/// <remarks>
/// A crossbar is two layers of lines that touch only at cross-points. Cutting every word line of a rectangle at one column
/// parts it in two, because bit lines do not leave their columns: a separator costs one node a line, as in a plane grid. Shorts do join
/// what separators part; one node of each is left for the end.
/// </remarks>
internal sealed class CrossbarDissection
{
    // Rectangles of so few nodes are eliminated as one dense block.
    private const int LeafNodes = 32, LeafLength = 8;

    private readonly CrossbarGraph _graph;
    private readonly int _m, _n;
    private readonly HashSet<int> _shorted;
    private readonly NestedDissectionTree _tree = new();

    private CrossbarDissection(CrossbarGraph graph, int wordLines, int bitLines)
    {
        (_graph, _m, _n) = (graph, wordLines, bitLines);
        _shorted = [.. graph.Shorts.Select(branch => branch.From).Where(node => node < graph.FirstSource)];
    }

    /// <summary>Orders all nodes of the lines; sources and ends are nodes of known voltage.</summary>
    internal static NestedDissectionTree OfLines(CrossbarGraph graph, CrossbarSpec spec)
    {
        var dissection = new CrossbarDissection(graph, spec.WordLineCount, spec.BitLineCount);
        dissection.AddLines();
        return dissection._tree;
    }

    /// <summary>Orders the nodes of the lines, and as a last front the sources and ends.</summary>
    internal static NestedDissectionTree WithPorts(CrossbarGraph graph, CrossbarSpec spec)
    {
        var dissection = new CrossbarDissection(graph, spec.WordLineCount, spec.BitLineCount);
        List<int> fronts = dissection.AddLines();
        dissection._tree.Add(Enumerable.Range(graph.FirstSource, spec.WordLineCount + spec.BitLineCount), fronts);
        return dissection._tree;
    }

    private List<int> AddLines() => Above([.. _shorted], AddUnshorted());

    private List<int> AddUnshorted()
    {
        var fronts = new List<int>();
        int[] wordLines = Own(Enumerable.Range(0, _m).Select(i => _graph.Word(i, 0)));
        int[] bitLines = Own(Enumerable.Range(0, _n).Select(j => _graph.Bit(_m - 1, j)));
        switch (_graph.HasWordLineNodes, _graph.HasBitLineNodes)
        {
            case (false, false):
                Dissect(new Rectangle(0, _m, 0, _n), new Rectangle(0, _m, 0, _n), fronts);
                return fronts;
            case (true, false):
                for (int j = 0; j < _n; j++) DissectLine(i => _graph.Bit(i, j), 0, _m, fronts);
                return Above(wordLines, fronts);
            case (false, true):
                for (int i = 0; i < _m; i++) DissectLine(j => _graph.Word(i, j), 0, _n, fronts);
                return Above(bitLines, fronts);
            default:
                (int[] many, int[] few) = wordLines.Length > bitLines.Length ? (wordLines, bitLines) : (bitLines, wordLines);
                foreach (int node in many) fronts.Add(_tree.Add([node], []));
                return Above(few, fronts);
        }
    }

    private List<int> Above(int[] nodes, List<int> fronts) => nodes.Length == 0 ? fronts : [_tree.Add(nodes, fronts)];

    private int[] Own(IEnumerable<int> nodes) => [.. nodes.Where(node => node < _graph.FirstSource && !_shorted.Contains(node))];

    // Adds fronts for the nodes of word lines in one rectangle and of bit lines in another one that covers the same cross-points.
    private void Dissect(Rectangle words, Rectangle bits, List<int> fronts)
    {
        if (words.Area + bits.Area <= LeafNodes)
        {
            int[] leaf = Own(words.Points().Select(p => _graph.Word(p.I, p.J)).Concat(bits.Points().Select(p => _graph.Bit(p.I, p.J))));
            if (leaf.Length > 0) fronts.Add(_tree.Add(leaf, []));
            return;
        }

        // With no word line left, columns fall apart by themselves; with no bit line, rows do.
        bool isByColumns = bits.Area == 0 ? words.Rows == 1 : words.Area == 0 ? bits.Columns > 1 : words.Rows <= bits.Columns;
        var below = new List<int>();
        int[] separator = [];
        if (isByColumns)
        {
            bool hasWords = words.Area > 0;
            Rectangle extent = hasWords ? words : bits;
            int middle = (extent.Left + extent.Right) / 2;
            if (hasWords) separator = Own(Enumerable.Range(words.Top, words.Rows).Select(i => _graph.Word(i, middle)));
            Dissect(words.LeftOf(middle), bits.LeftOf(middle), below);
            Dissect(words.RightFrom(hasWords ? middle + 1 : middle), bits.RightFrom(middle), below);
        }
        else
        {
            bool hasBits = bits.Area > 0;
            Rectangle extent = hasBits ? bits : words;
            int middle = (extent.Top + extent.Bottom) / 2;
            if (hasBits) separator = Own(Enumerable.Range(bits.Left, bits.Columns).Select(j => _graph.Bit(middle, j)));
            Dissect(words.Above(middle), bits.Above(middle), below);
            Dissect(words.Below(middle), bits.Below(hasBits ? middle + 1 : middle), below);
        }

        fronts.AddRange(Above(separator, below));
    }

    private void DissectLine(Func<int, int> node, int from, int to, List<int> fronts)
    {
        if (to - from <= LeafLength)
        {
            int[] leaf = Own(Enumerable.Range(from, to - from).Select(node));
            if (leaf.Length > 0) fronts.Add(_tree.Add(leaf, []));
            return;
        }

        int middle = (from + to) / 2;
        var below = new List<int>();
        DissectLine(node, from, middle, below);
        DissectLine(node, middle + 1, to, below);
        fronts.AddRange(Above(Own([node(middle)]), below));
    }

    /// <summary>Cross-points of rows Top to Bottom − 1 and columns Left to Right − 1.</summary>
    private readonly record struct Rectangle(int Top, int Bottom, int Left, int Right)
    {
        internal int Rows => Math.Max(0, Bottom - Top);

        internal int Columns => Math.Max(0, Right - Left);

        internal int Area => Rows * Columns;

        internal Rectangle LeftOf(int column) => this with { Right = Math.Min(Right, column) };

        internal Rectangle RightFrom(int column) => this with { Left = Math.Max(Left, column) };

        internal Rectangle Above(int row) => this with { Bottom = Math.Min(Bottom, row) };

        internal Rectangle Below(int row) => this with { Top = Math.Max(Top, row) };

        internal IEnumerable<(int I, int J)> Points()
        {
            for (int i = Top; i < Bottom; i++)
                for (int j = Left; j < Right; j++) yield return (i, j);
        }
    }
}
