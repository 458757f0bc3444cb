using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CircuitSim.Circuit.Linear;

/// <summary>Product of two dense matrices of doubles or floats with register blocking and the machine's widest vectors.</summary>
/// <remarks>
/// Each entry is summed in the order of the depth, in blocks of 256 terms, by one thread only: the result is the same for any
/// number of threads (but not on a machine with other vectors, where roundings differ). Thread-safe.
/// Blocking after Goto and van de Geijn, ACM Trans. Math. Softw. 34(3), 2008.
/// </remarks>
public static class Gemm
{
    private const int DepthBlock = 256;

    // 256 x 128 numbers of the right factor are 128 or 256 KiB: they stay in the second-level cache while all rows pass by.
    private const int ColumnBlock = 128;

    // With few rows a packed copy of the right factor is not used often enough to pay for itself.
    private const int RowsWorthPacking = 96;

    // Below about a tenth of a millisecond of work a second thread costs more than it brings.
    private const long WorkWorthThreads = 4_000_000;

    /// <summary>Product = left·right, or product += left·right.</summary>
    /// <param name="left">Left factor, m x k.</param>
    /// <param name="right">Right factor, k x n.</param>
    /// <param name="product">Receives m x n entries, row-major with <paramref name="productRowStride"/>; must not overlap the factors.</param>
    /// <param name="productRowStride">Distance between neighbouring rows of the product, at least n.</param>
    /// <param name="accumulate">True to add to the product instead of overwriting it.</param>
    /// <param name="maxThreads">Threads to use at most; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The factors do not fit each other, or the product is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The stride is below n, or the number of threads below 1.</exception>
    public static void Multiply(
        GemmView<double> left, GemmView<double> right, Span<double> product, int productRowStride, bool accumulate = false, int maxThreads = 1) =>
        Multiply(GemmKernels.Best<double>(), left, right, product, productRowStride, accumulate, maxThreads);

    /// <summary>Product = left·right, or product += left·right, in single precision.</summary>
    /// <param name="left">Left factor, m x k.</param>
    /// <param name="right">Right factor, k x n.</param>
    /// <param name="product">Receives m x n entries, row-major with <paramref name="productRowStride"/>; must not overlap the factors.</param>
    /// <param name="productRowStride">Distance between neighbouring rows of the product, at least n.</param>
    /// <param name="accumulate">True to add to the product instead of overwriting it.</param>
    /// <param name="maxThreads">Threads to use at most; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The factors do not fit each other, or the product is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The stride is below n, or the number of threads below 1.</exception>
    public static void Multiply(
        GemmView<float> left, GemmView<float> right, Span<float> product, int productRowStride, bool accumulate = false, int maxThreads = 1) =>
        Multiply(GemmKernels.Best<float>(), left, right, product, productRowStride, accumulate, maxThreads);

    /// <summary>The same for kernels that serve both precisions.</summary>
    internal static void MultiplyOf<T>(
        GemmView<T> left, GemmView<T> right, Span<T> product, int productRowStride, bool accumulate = false, int maxThreads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Multiply(GemmKernels.Best<T>(), left, right, product, productRowStride, accumulate, maxThreads);

    /// <summary>The same with a chosen kernel, so that tests reach those that this machine would not choose.</summary>
    /// <param name="kernel">Inner loop.</param>
    /// <param name="left">Left factor, m x k.</param>
    /// <param name="right">Right factor, k x n.</param>
    /// <param name="product">Receives m x n entries.</param>
    /// <param name="productRowStride">Distance between neighbouring rows of the product.</param>
    /// <param name="accumulate">True to add to the product.</param>
    /// <param name="maxThreads">Threads to use at most.</param>
    internal static unsafe void Multiply<T>(
        GemmKernel<T> kernel, GemmView<T> left, GemmView<T> right, Span<T> product, int productRowStride, bool accumulate, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = left.RowCount, columns = right.ColumnCount, depth = left.ColumnCount;
        if (right.RowCount != depth)
            throw new ArgumentException($"Left factor has {depth} columns, right factor {right.RowCount} rows.", nameof(right));
        ArgumentOutOfRangeException.ThrowIfLessThan(productRowStride, columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxThreads, 1);
        if (rows == 0 || columns == 0) return;
        if ((rows - 1L) * productRowStride + columns > product.Length)
            throw new ArgumentException($"{product.Length} numbers do not hold the {rows} x {columns} product.", nameof(product));
        if (depth == 0)
        {
            if (!accumulate) for (int i = 0; i < rows; i++) product.Slice(i * productRowStride, columns).Clear();
            return;
        }

        int threads = 2L * rows * columns * depth < WorkWorthThreads ? 1 : maxThreads;
        fixed (T* a = left.Values, b = right.Values, c = product)
        {
            Blocks(new Factor<T>(a, left.RowStride, left.ColumnStride), new Factor<T>(b, right.RowStride, right.ColumnStride),
                new Shape<T>(kernel, rows, columns, depth, threads), c, productRowStride, accumulate);
        }
    }

    private static unsafe void Blocks<T>(Factor<T> left, Factor<T> right, Shape<T> shape, T* product, nint productStride, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int tileColumns = shape.Kernel.ColumnCount;
        int blockColumns = Math.Min(ColumnBlock, RoundUp(shape.Columns, tileColumns));
        T[] packed = ArrayPool<T>.Shared.Rent(blockColumns * Math.Min(DepthBlock, shape.Depth));
        fixed (T* scratch = packed)
        {
            for (int column = 0; column < shape.Columns; column += ColumnBlock)
            {
                int width = Math.Min(ColumnBlock, shape.Columns - column);
                for (int step = 0; step < shape.Depth; step += DepthBlock)
                {
                    int depth = Math.Min(DepthBlock, shape.Depth - step);
                    T* source = right.Data + step * right.RowStride + column * right.ColumnStride;
                    int inPlace = right.ColumnStride == 1 && shape.Rows < RowsWorthPacking ? width - width % tileColumns : 0;
                    PackRight(new Factor<T>(source, right.RowStride, right.ColumnStride), inPlace, width, depth, tileColumns, scratch);

                    var panel = new Panel<T>(source, right.RowStride, inPlace, scratch, width, depth);
                    var rest = new Factor<T>(left.Data + step * left.ColumnStride, left.RowStride, left.ColumnStride);
                    Rows(rest, panel, shape, product + column, productStride, accumulate || step > 0);
                }
            }
        }

        ArrayPool<T>.Shared.Return(packed);
    }

    private static unsafe void Rows<T>(Factor<T> left, Panel<T> panel, Shape<T> shape, T* product, nint productStride, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int tileRows = shape.Kernel.RowCount;
        int tiles = (shape.Rows + tileRows - 1) / tileRows;
        if (shape.Threads == 1)
        {
            RowTiles(left, panel, shape, product, productStride, accumulate, 0, tiles);
            return;
        }

        int chunks = Math.Min(tiles, shape.Threads);
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = shape.Threads }, chunk =>
            RowTiles(left, panel, shape, product, productStride, accumulate,
                (int)((long)tiles * chunk / chunks), (int)((long)tiles * (chunk + 1) / chunks)));
    }

    private static unsafe void RowTiles<T>(
        Factor<T> left, Panel<T> panel, Shape<T> shape, T* product, nint productStride, bool accumulate, int firstTile, int endTile)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GemmKernel<T> kernel = shape.Kernel;
        int tileRows = kernel.RowCount, tileColumns = kernel.ColumnCount;
        T* edge = stackalloc T[tileRows * tileColumns];
        T* packed = stackalloc T[tileRows * panel.Depth];
        for (int tile = firstTile; tile < endTile; tile++)
        {
            int row = tile * tileRows;
            int height = Math.Min(tileRows, shape.Rows - row);
            PackLeft(new Factor<T>(left.Data + row * left.RowStride, left.RowStride, left.ColumnStride), height, tileRows, panel.Depth, packed);
            for (int column = 0; column < panel.Width; column += tileColumns)
            {
                bool inPlace = column < panel.InPlaceWidth;
                T* right = inPlace ? panel.Source + column : panel.Packed + (nint)(column - panel.InPlaceWidth) * panel.Depth;
                nint stride = inPlace ? panel.SourceStride : tileColumns;
                T* target = product + row * productStride + column;
                int width = Math.Min(tileColumns, panel.Width - column);
                if (height == tileRows && width == tileColumns)
                {
                    kernel.Tile(panel.Depth, packed, right, stride, target, productStride, accumulate);
                    continue;
                }

                kernel.Tile(panel.Depth, packed, right, stride, edge, tileColumns, false);
                for (int i = 0; i < height; i++)
                {
                    T* entry = target + i * productStride;
                    for (int j = 0; j < width; j++) entry[j] = accumulate ? entry[j] + edge[i * tileColumns + j] : edge[i * tileColumns + j];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackLeft<T>(Factor<T> left, int height, int tileRows, int depth, T* packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < depth; k++)
        {
            T* source = left.Data + k * left.ColumnStride;
            if (left.RowStride == 1 && height == tileRows) Copy(source, packed, tileRows);
            else for (int i = 0; i < height; i++) packed[i] = source[i * left.RowStride];
            for (int i = height; i < tileRows; i++) packed[i] = T.Zero;
            packed += tileRows;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackRight<T>(Factor<T> right, int first, int width, int depth, int tileColumns, T* packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int column = first; column < width; column += tileColumns)
        {
            int count = Math.Min(tileColumns, width - column);
            for (int k = 0; k < depth; k++)
            {
                T* source = right.Data + k * right.RowStride + column * right.ColumnStride;
                if (right.ColumnStride == 1 && count == tileColumns) Copy(source, packed, count);
                else for (int j = 0; j < count; j++) packed[j] = source[j * right.ColumnStride];
                for (int j = count; j < tileColumns; j++) packed[j] = T.Zero;
                packed += tileColumns;
            }
        }
    }

    // A call for the few numbers of a tile's row would take longer than the row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Copy<T>(T* from, T* to, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        for (; k + Vector256<T>.Count <= count; k += Vector256<T>.Count) Vector256.Load(from + k).Store(to + k);
        for (; k < count; k++) to[k] = from[k];
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private readonly unsafe struct Factor<T>(T* data, nint rowStride, nint columnStride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T* Data { get; } = data;

        public nint RowStride { get; } = rowStride;

        public nint ColumnStride { get; } = columnStride;
    }

    private readonly unsafe struct Panel<T>(T* source, nint sourceStride, int inPlaceWidth, T* packed, int width, int depth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T* Source { get; } = source;

        public nint SourceStride { get; } = sourceStride;

        public int InPlaceWidth { get; } = inPlaceWidth;

        public T* Packed { get; } = packed;

        public int Width { get; } = width;

        public int Depth { get; } = depth;
    }

    private readonly record struct Shape<T>(GemmKernel<T> Kernel, int Rows, int Columns, int Depth, int Threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
