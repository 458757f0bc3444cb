namespace CircuitSim.Circuit.Crossbars;

/// <summary>Which segments of a crossbar are open.</summary>
internal sealed class LineOpens
{
    private readonly int _n;
    private readonly bool[] _word = [], _bit = [];

    private LineOpens()
    {
    }

    internal LineOpens(CrossbarSpec spec)
    {
        _n = spec.BitLineCount;
        if (!spec.HasOpenLines) return;

        (_word, _bit) = (new bool[spec.ConductanceSiemens.Length], new bool[spec.ConductanceSiemens.Length]);
        foreach (LineFault fault in spec.Faults)
        {
            if (fault.Kind == LineFaultKind.OpenWordLine) _word[fault.WordLine * _n + fault.BitLine] = true;
            if (fault.Kind == LineFaultKind.OpenBitLine) _bit[fault.WordLine * _n + fault.BitLine] = true;
        }
    }

    /// <summary>Lines without opens.</summary>
    internal static LineOpens None { get; } = new();

    /// <summary>True when a word line is broken before a cross-point.</summary>
    internal bool Word(int i, int j) => _word.Length > 0 && _word[i * _n + j];

    /// <summary>True when a bit line is broken after a cross-point.</summary>
    internal bool Bit(int i, int j) => _bit.Length > 0 && _bit[i * _n + j];
}
