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
        Conductances = new SparseCholeskyGraph(FirstSource + _m + _n, Edges());
    }

    internal SparseCholeskyGraph Conductances { get; }

    /// <summary>True when each word line is one node.</summary>
    internal bool HasWordLineNodes { get; }

    /// <summary>True when each bit line is one node.</summary>
    internal bool HasBitLineNodes { get; }

    /// <summary>Number of the first source; smaller numbers are nodes of lines.</summary>
    internal int FirstSource { get; }

    internal int FirstEnd => FirstSource + _m;

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

    /// <summary>Name of a node, for errors.</summary>
    internal string Name(int node)
    {
        if (node >= FirstSource) return node < FirstEnd ? $"source {node - FirstSource + 1}" : $"end {node - FirstEnd + 1}";
        if (node < _firstBit) return HasWordLineNodes ? $"word line {node + 1}" : NodeNames.WordLineNode(0, node / _n, node % _n);
        int at = node - _firstBit;
        return HasBitLineNodes ? $"bit line {at + 1}" : NodeNames.BitLineNode(0, at / _n, at % _n);
    }

    private List<(int A, int B, double Siemens)> Edges()
    {
        double word = 1 / _spec.WordLineSegmentOhms, bit = 1 / _spec.BitLineSegmentOhms;
        var edges = new List<(int, int, double)>(3 * _m * _n + _m + _n);
        for (int i = 0; i < _m; i++)
            for (int j = 0; j < _n; j++)
            {
                if (_spec[i, j] > 0) edges.Add((Word(i, j), Bit(i, j), _spec[i, j]));
                if (j > 0 && !HasWordLineNodes && !_opens.Word(i, j)) edges.Add((Word(i, j - 1), Word(i, j), word));
                if (i > 0 && !HasBitLineNodes && !_opens.Bit(i - 1, j)) edges.Add((Bit(i - 1, j), Bit(i, j), bit));
            }

        for (int i = 0; i < _m; i++)
            if (!_opens.Word(i, 0)) edges.Add((FirstSource + i, Word(i, 0), _feedSiemens));
        for (int j = 0; j < _n && _endSiemens > 0; j++)
            if (!_opens.Bit(_m - 1, j)) edges.Add((Bit(_m - 1, j), FirstEnd + j, _endSiemens));
        return edges;
    }
}
