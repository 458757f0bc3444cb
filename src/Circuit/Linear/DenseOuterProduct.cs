using System.Numerics;
using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>Symmetric updates C := C + Aᵀ A by register blocks, on the upper triangle.</summary>
internal static unsafe class DenseOuterProduct
{
    private const int BlockRows = 6;

    // Fewer multiplications than this are not worth a second thread.
    private const double ParallelWork = 4e6;

    /// <summary>Adds Aᵀ A to the upper triangle of C, entries right of the diagonal at least; what it adds below is of no use.</summary>
    /// <param name="a">depth × width, row-major, padded with zeros to <paramref name="stride"/> columns.</param>
    /// <param name="depth">Rows of A.</param>
    /// <param name="width">Columns of A, rows and columns of C.</param>
    /// <param name="factorStride">Row length of A.</param>
    /// <param name="stride">Row length of C, a multiple of the lanes.</param>
    /// <param name="c">C, width × stride.</param>
    /// <param name="skipped">Leading rows and columns whose entries among themselves are not wanted.</param>
    /// <param name="threadCount">Threads to use; every entry is summed by one of them in the same order.</param>
    internal static void Add<TLanes, T>(T* a, int depth, int width, int factorStride, int stride, T* c, int skipped, int threadCount)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blocks = (width + BlockRows - 1) / BlockRows;
        if (threadCount == 1 || (double)depth * width * width < ParallelWork)
        {
            for (int block = 0; block < blocks; block++) AddRows<TLanes, T>(a, depth, width, factorStride, stride, c, block * BlockRows, skipped);
            return;
        }

        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threadCount },
            block => AddRows<TLanes, T>(a, depth, width, factorStride, stride, c, block * BlockRows, skipped));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows<TLanes, T>(T* a, int depth, int width, int factorStride, int stride, T* c, int i, int skipped)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = TLanes.Count, blockColumns = 4 * lanes, rows = Math.Min(BlockRows, width - i);
        int j = (i + rows <= skipped ? Math.Max(i, skipped) : i) / lanes * lanes;
        if (rows == BlockRows)
            for (; j + blockColumns <= stride; j += blockColumns) AddBlock<TLanes, T>(a, depth, factorStride, stride, c, i, j);
        for (; j < stride; j += lanes)
            for (int row = i; row < i + rows; row++) AddVector<TLanes, T>(a, depth, factorStride, stride, c, row, j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddVector<TLanes, T>(T* a, int depth, int factorStride, int stride, T* c, int i, int j)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* to = c + (long)i * stride + j;
        TLanes sum = TLanes.LoadAnywhere(to);
        for (int k = 0; k < depth; k++, a += factorStride) sum = TLanes.MultiplyAdd(TLanes.Broadcast(a[i]), TLanes.LoadAnywhere(a + j), sum);
        TLanes.StoreAnywhere(to, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock<TLanes, T>(T* a, int depth, int factorStride, int stride, T* c, int i, int j)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes c00 = default, c01 = default, c02 = default, c03 = default, c10 = default, c11 = default, c12 = default, c13 = default;
        TLanes c20 = default, c21 = default, c22 = default, c23 = default, c30 = default, c31 = default, c32 = default, c33 = default;
        TLanes c40 = default, c41 = default, c42 = default, c43 = default, c50 = default, c51 = default, c52 = default, c53 = default;
        T* left = a + i, right = a + j;
        for (int k = 0; k < depth; k++)
        {
            TLanes b0 = TLanes.LoadAnywhere(right), b1 = TLanes.LoadAnywhere(right + TLanes.Count);
            TLanes b2 = TLanes.LoadAnywhere(right + 2 * TLanes.Count), b3 = TLanes.LoadAnywhere(right + 3 * TLanes.Count);
            Step<TLanes, T>(left[0], b0, b1, b2, b3, ref c00, ref c01, ref c02, ref c03);
            Step<TLanes, T>(left[1], b0, b1, b2, b3, ref c10, ref c11, ref c12, ref c13);
            Step<TLanes, T>(left[2], b0, b1, b2, b3, ref c20, ref c21, ref c22, ref c23);
            Step<TLanes, T>(left[3], b0, b1, b2, b3, ref c30, ref c31, ref c32, ref c33);
            Step<TLanes, T>(left[4], b0, b1, b2, b3, ref c40, ref c41, ref c42, ref c43);
            Step<TLanes, T>(left[5], b0, b1, b2, b3, ref c50, ref c51, ref c52, ref c53);
            left += factorStride;
            right += factorStride;
        }

        T* to = c + (long)i * stride + j;
        AddRow<TLanes, T>(to, c00, c01, c02, c03);
        AddRow<TLanes, T>(to + stride, c10, c11, c12, c13);
        AddRow<TLanes, T>(to + 2 * stride, c20, c21, c22, c23);
        AddRow<TLanes, T>(to + 3 * stride, c30, c31, c32, c33);
        AddRow<TLanes, T>(to + 4 * stride, c40, c41, c42, c43);
        AddRow<TLanes, T>(to + 5 * stride, c50, c51, c52, c53);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TLanes, T>(
        T a, TLanes b0, TLanes b1, TLanes b2, TLanes b3, ref TLanes c0, ref TLanes c1, ref TLanes c2, ref TLanes c3)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes wide = TLanes.Broadcast(a);
        c0 = TLanes.MultiplyAdd(wide, b0, c0);
        c1 = TLanes.MultiplyAdd(wide, b1, c1);
        c2 = TLanes.MultiplyAdd(wide, b2, c2);
        c3 = TLanes.MultiplyAdd(wide, b3, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TLanes, T>(T* to, TLanes c0, TLanes c1, TLanes c2, TLanes c3)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes.StoreAnywhere(to, TLanes.Add(TLanes.LoadAnywhere(to), c0));
        TLanes.StoreAnywhere(to + TLanes.Count, TLanes.Add(TLanes.LoadAnywhere(to + TLanes.Count), c1));
        TLanes.StoreAnywhere(to + 2 * TLanes.Count, TLanes.Add(TLanes.LoadAnywhere(to + 2 * TLanes.Count), c2));
        TLanes.StoreAnywhere(to + 3 * TLanes.Count, TLanes.Add(TLanes.LoadAnywhere(to + 3 * TLanes.Count), c3));
    }
}
