using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>A dense matrix packed for products with blocks of 32 columns.</summary>
/// <remarks>
/// Rows are stored six at a time, [group of six, column, row in group]: the product keeps 6 × 32 sums in registers and reads
/// one packed number and four vectors a step.
/// </remarks>
internal sealed unsafe class DensePanel
{
    /// <summary>Columns of the other factor and of the product.</summary>
    internal const int Width = 32;

    private const int GroupRows = 6;
    private const int Lanes = 8;
    private readonly DenseBuffer _packed;

    /// <summary>Packs a matrix.</summary>
    /// <param name="matrix">Row-major, rows × columns.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="stride">Distance between rows of <paramref name="matrix"/>.</param>
    internal DensePanel(ReadOnlySpan<double> matrix, int rows, int columns, int stride)
    {
        (Rows, Columns) = (rows, columns);
        PaddedRows = (rows + GroupRows - 1) / GroupRows * GroupRows;
        _packed = new DenseBuffer((long)PaddedRows * columns);
        for (int i = 0; i < rows; i++)
            for (int k = 0; k < columns; k++)
                _packed.Start[((long)(i / GroupRows) * columns + k) * GroupRows + i % GroupRows] = matrix[i * stride + k];
    }

    internal int Rows { get; }

    internal int Columns { get; }

    /// <summary>Rows that <see cref="Multiply{TLanes}"/> writes: a multiple of six, zeros at the end.</summary>
    internal int PaddedRows { get; }

    /// <summary>product := this · factor.</summary>
    /// <param name="factor">Columns × 32, row-major, on a cache line.</param>
    /// <param name="product">Receives padded rows × 32, row-major, on a cache line.</param>
    internal void Multiply<TLanes>(double* factor, double* product)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        for (int i = 0; i < PaddedRows; i += GroupRows)
            MultiplyGroup<TLanes>(_packed.Start + (long)i * Columns, factor, product + (long)i * Width, Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyGroup<TLanes>(double* a, double* b, double* to, int columns)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        TLanes c00 = default, c01 = default, c02 = default, c03 = default, c10 = default, c11 = default, c12 = default, c13 = default;
        TLanes c20 = default, c21 = default, c22 = default, c23 = default, c30 = default, c31 = default, c32 = default, c33 = default;
        TLanes c40 = default, c41 = default, c42 = default, c43 = default, c50 = default, c51 = default, c52 = default, c53 = default;
        for (int k = 0; k < columns; k++)
        {
            TLanes b0 = TLanes.Load(b), b1 = TLanes.Load(b + Lanes), b2 = TLanes.Load(b + 2 * Lanes), b3 = TLanes.Load(b + 3 * Lanes);
            Step(a[0], b0, b1, b2, b3, ref c00, ref c01, ref c02, ref c03);
            Step(a[1], b0, b1, b2, b3, ref c10, ref c11, ref c12, ref c13);
            Step(a[2], b0, b1, b2, b3, ref c20, ref c21, ref c22, ref c23);
            Step(a[3], b0, b1, b2, b3, ref c30, ref c31, ref c32, ref c33);
            Step(a[4], b0, b1, b2, b3, ref c40, ref c41, ref c42, ref c43);
            Step(a[5], b0, b1, b2, b3, ref c50, ref c51, ref c52, ref c53);
            a += GroupRows;
            b += Width;
        }

        StoreRow(to, c00, c01, c02, c03);
        StoreRow(to + Width, c10, c11, c12, c13);
        StoreRow(to + 2 * Width, c20, c21, c22, c23);
        StoreRow(to + 3 * Width, c30, c31, c32, c33);
        StoreRow(to + 4 * Width, c40, c41, c42, c43);
        StoreRow(to + 5 * Width, c50, c51, c52, c53);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TLanes>(
        double a, TLanes b0, TLanes b1, TLanes b2, TLanes b3, ref TLanes c0, ref TLanes c1, ref TLanes c2, ref TLanes c3)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        TLanes wide = TLanes.Broadcast(a);
        c0 = TLanes.MultiplyAdd(wide, b0, c0);
        c1 = TLanes.MultiplyAdd(wide, b1, c1);
        c2 = TLanes.MultiplyAdd(wide, b2, c2);
        c3 = TLanes.MultiplyAdd(wide, b3, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TLanes>(double* to, TLanes c0, TLanes c1, TLanes c2, TLanes c3)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        TLanes.Store(to, c0);
        TLanes.Store(to + Lanes, c1);
        TLanes.Store(to + 2 * Lanes, c2);
        TLanes.Store(to + 3 * Lanes, c3);
    }
}
