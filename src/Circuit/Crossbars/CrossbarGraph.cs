using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Nodes and conductances of a crossbar, with nodes joined by zero resistance merged.</summary>
/// <remarks>Nodes are numbered: word lines, bit lines, sources, ends. A line without wire resistance has one number for all its cross-points.</remarks>
internal sealed class CrossbarGraph
{
    private readonly CrossbarSpec _spec;
    private readonly int _m, _n, _firstBit;
    private readonly double _feedSiemens, _endSiemens;
    private readonly LineOpens _opens;
    private readonly Lazy<SparseCholeskyGraph> _conductances;

    /// <summary>Numbers the nodes of a crossbar.</summary>
    /// <param name="spec">The crossbar.</param>
    /// <param name="hasOpenEnds">True to make a node of each open end, at the far side of its last segment.</param>
    internal CrossbarGraph(CrossbarSpec spec, bool hasOpenEnds)
    {
        _spec = spec;
        _opens = new LineOpens(spec);
        (_m, _n) = (spec.WordLineCount, spec.BitLineCount);
        CrossbarBoundary boundary = CrossbarBoundary.Of(spec);
        _feedSiemens = boundary.FeedSiemens;
        _endSiemens = hasOpenEnds && spec.BitLineEnd == BitLineEnd.Open
            ? 1 / (spec.Convention == WireConvention.C1 ? spec.BitLineSegmentOhms : 0)
            : boundary.EndSiemens;
        HasWordLineNodes = spec.WordLineSegmentOhms == 0;
        HasBitLineNodes = spec.BitLineSegmentOhms == 0;
        _firstBit = HasWordLineNodes ? _m : _m * _n;
        FirstSource = _firstBit + (HasBitLineNodes ? _n : _m * _n);
        Shorts = [.. spec.Faults.Where(fault => !fault.IsOpen).Select(ShortOf)];
        _conductances = new Lazy<SparseCholeskyGraph>(() => new SparseCholeskyGraph(
            NodeCount, Edges(g => g, 1 / spec.WordLineSegmentOhms, 1 / spec.BitLineSegmentOhms, _feedSiemens, _endSiemens, ohms => 1 / ohms)));
    }

    internal SparseCholeskyGraph Conductances => _conductances.Value;

    internal int NodeCount => FirstSource + _m + _n;

    /// <summary>True when each word line is one node.</summary>
    internal bool HasWordLineNodes { get; }

    /// <summary>True when each bit line is one node.</summary>
    internal bool HasBitLineNodes { get; }

    /// <summary>Number of the first source; smaller numbers are nodes of lines.</summary>
    internal int FirstSource { get; }

    internal int FirstEnd => FirstSource + _m;

    /// <summary>Shorts between lines in the order of the faults: the nodes they join, and ohms.</summary>
    internal IReadOnlyList<(int From, int To, double Ohms)> Shorts { get; }

    /// <summary>Node of a word line at a cross-point; its source's number when they are merged.</summary>
    internal int Word(int i, int j)
    {
        if (double.IsPositiveInfinity(_feedSiemens) && (j == 0 || HasWordLineNodes) && !_opens.Word(i, 0)) return FirstSource + i;
        return HasWordLineNodes ? i : i * _n + j;
    }

    /// <summary>Node of a bit line at a cross-point; its end's number when they are merged.</summary>
    internal int Bit(int i, int j)
    {
        if (double.IsPositiveInfinity(_endSiemens) && (i == _m - 1 || HasBitLineNodes) && !_opens.Bit(_m - 1, j)) return FirstEnd + j;
        return _firstBit + (HasBitLineNodes ? j : i * _n + j);
    }

    /// <summary>Adds the currents that the sources push into the nodes beside them when these stand at a reference.</summary>
    /// <param name="sourceVolts">Sources, volts.</param>
    /// <param name="reference">Volts of all other nodes.</param>
    /// <param name="amps">Amperes into each node; those of known nodes come to mean nothing.</param>
    internal void PushSources(ReadOnlySpan<double> sourceVolts, double reference, Span<double> amps)
    {
        for (int i = 0; i < _m; i++)
        {
            ReadOnlySpan<int> neighbours = Conductances.Neighbours(FirstSource + i);
            for (int k = 0; k < neighbours.Length; k++) amps[neighbours[k]] += Conductances.Siemens(FirstSource + i)[k] * (sourceVolts[i] - reference);
        }
    }

    /// <summary>Name of a node, for errors.</summary>
    internal string Name(int node)
    {
        if (node >= FirstSource) return node < FirstEnd ? $"source {node - FirstSource + 1}" : $"end {node - FirstEnd + 1}";
        if (node < _firstBit) return HasWordLineNodes ? $"word line {node + 1}" : NodeNames.WordLineNode(0, node / _n, node % _n);
        int at = node - _firstBit;
        return HasBitLineNodes ? $"bit line {at + 1}" : NodeNames.BitLineNode(0, at / _n, at % _n);
    }

    private (int From, int To, double Ohms) ShortOf(LineFault fault)
    {
        Branch branch = Branch.OfShort(fault, _n);
        return (Node(branch.From, branch.FromWord), Node(branch.To, branch.ToWord), fault.Ohms);
    }

    private int Node(int at, bool isWord) => isWord ? Word(at / _n, at % _n) : Bit(at / _n, at % _n);

    /// <summary>Every conductance with the digits that a double leaves out; of two nodes that are one, none.</summary>
    internal List<(int A, int B, DoubleDouble Siemens)> ExactEdges()
    {
        bool hasOuter = _spec.Convention == WireConvention.C1;
        DoubleDouble feed = DoubleDouble.Sum(_spec.SourceOhms, hasOuter ? _spec.WordLineSegmentOhms : 0);
        DoubleDouble end = DoubleDouble.Sum(_spec.TerminalOhms, hasOuter ? _spec.BitLineSegmentOhms : 0);
        DoubleDouble one = 1;
        return Edges<DoubleDouble>(g => g, one / _spec.WordLineSegmentOhms, one / _spec.BitLineSegmentOhms, one / feed, one / end, ohms => one / ohms);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<(int A, int B, T Siemens)> Edges<T>(Func<double, T> device, T word, T bit, T feed, T end, Func<double, T> inverse)
    {
        ReadOnlySpan<double> g = _spec.ConductanceSiemens.Span;
        var edges = new List<(int, int, T)>(3 * _m * _n + _m + _n);
        for (int i = 0; i < _m; i++)
            for (int j = 0; j < _n; j++)
            {
                int wordNode = Word(i, j), bitNode = Bit(i, j);
                if (g[i * _n + j] > 0) Add(wordNode, bitNode, device(g[i * _n + j]));
                if (j > 0 && !HasWordLineNodes && !_opens.Word(i, j)) Add(Word(i, j - 1), wordNode, word);
                if (i > 0 && !HasBitLineNodes && !_opens.Bit(i - 1, j)) Add(Bit(i - 1, j), bitNode, bit);
            }

        for (int i = 0; i < _m; i++)
            if (!_opens.Word(i, 0)) Add(FirstSource + i, Word(i, 0), feed);
        for (int j = 0; j < _n && _endSiemens > 0; j++)
            if (!_opens.Bit(_m - 1, j)) Add(Bit(_m - 1, j), FirstEnd + j, end);
        foreach ((int from, int to, double ohms) in Shorts) Add(from, to, inverse(ohms));
        return edges;

        void Add(int a, int b, T siemens)
        {
            if (a != b) edges.Add((a, b, siemens));
        }
    }
}
