using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Memory of <see cref="LineCore{TLanes}"/>: rows and columns padded to multiples of eight with absent devices.</summary>
/// <remarks>
/// Most arrays are row-major [word line, bit line]. Arrays "by groups" hold eight word lines side by side,
/// [group, bit line, word line in group], which is what a word-line sweep reads. A pivot that does not exist, in the padding
/// or at a node merged with a source or with ground, is stored as the inverse 0, which keeps its unknown at zero.
/// </remarks>
internal sealed class LineGrid
{
    internal const int Lanes = 8;

    // Fresh memory costs more than a solve: it is cleared, faulted in and collected again.
    private const int MostSpareCrossPoints = 1 << 18;

    [ThreadStatic]
    private static LineGrid? s_spare;

    private LineGrid(CrossbarSpec spec)
    {
        (WordLines, BitLines) = (spec.WordLineCount, spec.BitLineCount);
        Rows = (WordLines + Lanes - 1) / Lanes * Lanes;
        Columns = (BitLines + Lanes - 1) / Lanes * Lanes;
        IsFeedMerged = double.IsPositiveInfinity(CrossbarBoundary.Of(spec).FeedSiemens);
        Conductance = Grid();
        IteratedConductance = IsFeedMerged ? Grid() : Conductance;
        (WordInverse, DownInverse, UpInverse) = (Grid(), Grid(), Grid());
        (Bits, Residual, Image) = (Grid(), Grid(), Grid());
        (Sweep, Corrections) = (new DenseBuffer(Columns * Lanes), new DenseBuffer(Columns * Lanes));
        (BackCarry, ForwardCarry) = (new DenseBuffer(Columns), new DenseBuffer(Columns));
        (LastBits, LastBitsDirection, LastRow) = (new DenseBuffer(Columns), new DenseBuffer(Columns), new DenseBuffer(Columns));
    }

    /// <summary>Memory for a crossbar, that of an earlier one of the same size on this thread if it was given back.</summary>
    internal static LineGrid Rent(CrossbarSpec spec)
    {
        LineGrid? spare = s_spare;
        s_spare = null;
        // Padding is never written, so that it is still clear.
        LineGrid grid = spare is not null && spare.Fits(spec) ? spare : new LineGrid(spec);
        grid.Boundary = CrossbarBoundary.Of(spec);
        grid.FillConductance(spec);
        return grid;
    }

    /// <summary>Keeps the memory for the next crossbar of this size on this thread.</summary>
    internal void Return()
    {
        if ((long)Rows * Columns <= MostSpareCrossPoints) s_spare = this;
    }

    private bool Fits(CrossbarSpec spec) =>
        WordLines == spec.WordLineCount && BitLines == spec.BitLineCount
        && IsFeedMerged == double.IsPositiveInfinity(CrossbarBoundary.Of(spec).FeedSiemens);

    internal int WordLines { get; }

    internal int BitLines { get; }

    /// <summary>Word lines with padding.</summary>
    internal int Rows { get; }

    /// <summary>Bit lines with padding.</summary>
    internal int Columns { get; }

    internal CrossbarBoundary Boundary { get; private set; }

    internal bool IsFeedMerged { get; }

    internal bool IsEndMerged => double.IsPositiveInfinity(Boundary.EndSiemens);

    /// <summary>Device conductances, siemens.</summary>
    internal DenseBuffer Conductance { get; }

    /// <summary>The same, with zeros where a cross-point is merged with its source and so has no equation.</summary>
    internal DenseBuffer IteratedConductance { get; }

    /// <summary>Inverse pivots of word lines from the source on, by groups.</summary>
    internal DenseBuffer WordInverse { get; }

    /// <summary>Inverse pivots of bit lines eliminated downwards.</summary>
    internal DenseBuffer DownInverse { get; }

    /// <summary>Inverse pivots of bit lines eliminated upwards.</summary>
    internal DenseBuffer UpInverse { get; }

    /// <summary>Half-solved bit lines: eliminated currents times inverse pivots.</summary>
    internal DenseBuffer Bits { get; }

    internal DenseBuffer Residual { get; }

    /// <summary>Schur complement times the search direction.</summary>
    internal DenseBuffer Image { get; }

    /// <summary>One group of word lines between its forward and its backward sweep.</summary>
    internal DenseBuffer Sweep { get; }

    /// <summary>z of one group of word lines, row-major.</summary>
    internal DenseBuffer Corrections { get; }

    internal DenseBuffer BackCarry { get; }

    internal DenseBuffer ForwardCarry { get; }

    /// <summary>Voltages at the last cross-points of the bit lines, accumulated over the iterations.</summary>
    internal DenseBuffer LastBits { get; }

    internal DenseBuffer LastBitsDirection { get; }

    /// <summary>The last row before it is overwritten.</summary>
    internal DenseBuffer LastRow { get; }

    private DenseBuffer Grid() => new((long)Rows * Columns);

    private void FillConductance(CrossbarSpec spec)
    {
        ReadOnlySpan<double> g = spec.ConductanceSiemens.Span;
        for (int i = 0; i < WordLines; i++)
        {
            g.Slice(i * BitLines, BitLines).CopyTo(Conductance.Span.Slice(i * Columns, BitLines));
            if (!IsFeedMerged) continue;

            g.Slice(i * BitLines + 1, BitLines - 1).CopyTo(IteratedConductance.Span.Slice(i * Columns + 1, BitLines - 1));
        }
    }
}
