using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Peers;

/// <summary>The direct path: nodal equations of every cross-point, sparse LU in minimum-degree order. Wires on both sides, C1, open ends.</summary>
internal sealed class CrossbarDirect
{
    private readonly CrossbarSpec _spec;
    private readonly SparseLu _lu;
    private readonly double[] _vector;

    private CrossbarDirect(CrossbarSpec spec, SparseLu lu)
    {
        (_spec, _lu) = (spec, lu);
        _vector = new double[2 * spec.WordLineCount * spec.BitLineCount];
    }

    /// <summary>Entries of both factors.</summary>
    public int EntryCount => _lu.EntryCount;

    public static CrossbarDirect Factor(CrossbarSpec spec)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount, size = 2 * m * n;
        var pattern = new SparsePattern();
        var stamps = new List<(int Ticket, double Siemens)>();
        double word = 1 / spec.WordLineSegmentOhms, bit = 1 / spec.BitLineSegmentOhms;
        double feed = 1 / (spec.WordLineSegmentOhms + spec.SourceOhms);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                int at = i * n + j;
                Connect(at, m * n + at, spec[i, j]);
                if (j == 0) Stamp(at, at, feed);
                else Connect(at - 1, at, word);
                if (i > 0) Connect(m * n + at - n, m * n + at, bit);
            }

        SparseMatrix matrix = pattern.Build(size, out int[] slots);
        foreach ((int ticket, double siemens) in stamps) matrix.Values[slots[ticket]] += siemens;
        SparseLu lu = SparseLu.Create(matrix, out _)!;
        lu.Factor();
        return new CrossbarDirect(spec, lu);

        void Connect(int a, int b, double siemens)
        {
            Stamp(a, a, siemens);
            Stamp(b, b, siemens);
            Stamp(a, b, -siemens);
            Stamp(b, a, -siemens);
        }

        void Stamp(int row, int column, double siemens) => stamps.Add((pattern.Add(row, column), siemens));
    }

    /// <summary>Voltages of the open ends.</summary>
    public double[] Solve(ReadOnlySpan<double> sourceVolts)
    {
        int m = _spec.WordLineCount, n = _spec.BitLineCount;
        double feed = 1 / (_spec.WordLineSegmentOhms + _spec.SourceOhms);
        Array.Clear(_vector);
        for (int i = 0; i < m; i++) _vector[i * n] = feed * sourceVolts[i];
        _lu.Solve(_vector);
        return _vector[(2 * m * n - n)..];
    }
}
