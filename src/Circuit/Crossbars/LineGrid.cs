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

    internal LineGrid(CrossbarSpec spec)
    {
        (WordLines, BitLines) = (spec.WordLineCount, spec.BitLineCount);
        Rows = (WordLines + Lanes - 1) / Lanes * Lanes;
        Columns = (BitLines + Lanes - 1) / Lanes * Lanes;
        Boundary = CrossbarBoundary.Of(spec);
        IsFeedMerged = double.IsPositiveInfinity(Boundary.FeedSiemens);
        IsEndMerged = double.IsPositiveInfinity(Boundary.EndSiemens);
        Conductance = Grid();
        IteratedConductance = IsFeedMerged ? Grid() : Conductance;
        (WordInverse, DownInverse, UpInverse) = (Grid(), Grid(), Grid());
        (Bits, Residual, Image) = (Grid(), Grid(), Grid());
        (Sweep, BackCarry, ForwardCarry) = (new DenseBuffer(Columns * Lanes), new DenseBuffer(Columns), new DenseBuffer(Columns));
        (LastBits, LastBitsDirection, LastRow) = (new DenseBuffer(Columns), new DenseBuffer(Columns), new DenseBuffer(Columns));
        FillConductance(spec);
    }

    internal int WordLines { get; }

    internal int BitLines { get; }

    /// <summary>Word lines with padding.</summary>
    internal int Rows { get; }

    /// <summary>Bit lines with padding.</summary>
    internal int Columns { get; }

    internal CrossbarBoundary Boundary { get; }

    internal bool IsFeedMerged { get; }

    internal bool IsEndMerged { get; }

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
