using System.Numerics;

namespace CircuitSim.Circuit.Linear;

/// <summary>Products of matrices that lie scattered in larger arrays, such as the patches of an image: a convolution without a copy of its patches.</summary>
/// <remarks>
/// product[i, j] = Σ left[i·leftRowStride + o·l₂ + m·l₁ + n·l₀]·right[j + o·r₂ + m·r₁ + n·r₀] over the three loops of <see cref="GemmDepth"/>. Each
/// entry is summed by one thread in the order of the loops, so results do not depend on how a caller shares the rows out.
/// Register blocking as in <see cref="Gemm"/>. Thread-safe.
/// </remarks>
public static class PatchGemm
{
    /// <summary>Columns that are computed together: a right factor whose rows are cut into blocks of this many columns is read in the best order.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <returns>32 floats or 16 doubles.</returns>
    public static int ColumnBlock<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => 2 * ColumnStep<T>();

    /// <summary>The right factor's rows must be readable up to a multiple of this many columns.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <returns>16 floats or 8 doubles.</returns>
    public static int ColumnStep<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float) ? 16 : 8;

    /// <summary>Product = left·right, or product += left·right.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <param name="left">Holds the left factor; its first term of row 0 comes first.</param>
    /// <param name="leftRowStride">Distance between neighbouring rows of the left factor, at least 0.</param>
    /// <param name="right">Holds the right factor, columns side by side; readable up to a multiple of <see cref="ColumnStep{T}"/> columns.</param>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="rows">Rows of the product, at least 0.</param>
    /// <param name="columns">Columns of the product, at least 0.</param>
    /// <param name="product">Receives the product; must not overlap the factors.</param>
    /// <param name="productRowStride">Distance between neighbouring rows of the product, at least <paramref name="columns"/>.</param>
    /// <param name="accumulate">True to add to the product instead of overwriting it.</param>
    /// <exception cref="ArgumentException">A factor or the product is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count or stride is out of range.</exception>
    public static void Multiply<T>(
        ReadOnlySpan<T> left, int leftRowStride, ReadOnlySpan<T> right, GemmDepth depth, int rows, int columns, Span<T> product, int productRowStride,
        bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Multiply(PatchKernels.Best<T>(), left, leftRowStride, right, depth, rows, columns, product, productRowStride, accumulate);

    /// <summary>The same with a chosen kernel, so that tests reach those that this machine would not choose.</summary>
    internal static unsafe void Multiply<T>(
        PatchKernel<T> kernel, ReadOnlySpan<T> left, int leftRowStride, ReadOnlySpan<T> right, GemmDepth depth, int rows, int columns, Span<T> product,
        int productRowStride, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leftRowStride);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(productRowStride, columns);
        if (!depth.IsAllowed) throw new ArgumentOutOfRangeException(nameof(depth), depth, "A loop has fewer than one pass or a negative stride.");
        if (rows == 0 || columns == 0) return;
        int step = ColumnStep<T>();
        if ((rows - 1L) * leftRowStride + depth.LeftSpan >= left.Length)
            throw new ArgumentException($"{left.Length} numbers do not hold {rows} rows with stride {leftRowStride} and {depth}.", nameof(left));
        if (depth.RightSpan + (columns + step - 1) / step * step > right.Length)
            throw new ArgumentException($"{right.Length} numbers do not hold {columns} columns, rounded up to {step}, of {depth}.", nameof(right));
        if ((rows - 1L) * productRowStride + columns > product.Length)
            throw new ArgumentException($"{product.Length} numbers do not hold the {rows} x {columns} product.", nameof(product));

        fixed (T* a = left, b = right, c = product)
        {
            for (int column = 0; column < columns;)
            {
                bool isDouble = kernel.HasDoubleTile && columns - column > step;
                int width = Math.Min(isDouble ? 2 * step : step, columns - column);
                Rows(kernel, isDouble, a, leftRowStride, b + column, &depth, rows, width, c + column, productRowStride, accumulate);
                column += width;
            }
        }
    }

    private static unsafe void Rows<T>(
        PatchKernel<T> kernel, bool isDouble, T* left, nint leftRowStride, T* right, GemmDepth* depth, int rows, int width, T* product, nint productStride,
        bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int full = isDouble ? 2 * ColumnStep<T>() : ColumnStep<T>(), height = kernel.RowCount;
        T* edge = stackalloc T[height * full];
        int row = 0;
        if (rows >= height)
        {
            for (; row < rows; row += height)
            {
                // The last tile begins early enough to stay inside; its rows that are done already are computed into the edge and left there.
                int first = Math.Min(row, rows - height);
                T* target = product + first * productStride;
                if (first == row && width == full)
                {
                    kernel.Tile(isDouble, left + first * leftRowStride, leftRowStride, right, depth, target, productStride, accumulate);
                    continue;
                }

                kernel.Tile(isDouble, left + first * leftRowStride, leftRowStride, right, depth, edge, full, false);
                Copy(edge + (row - first) * full, full, height - (row - first), width, product + row * productStride, productStride, accumulate);
            }

            return;
        }

        for (; row < rows; row++)
        {
            kernel.Row(isDouble, left + row * leftRowStride, right, depth, edge);
            Copy(edge, full, 1, width, product + row * productStride, productStride, accumulate);
        }
    }

    private static unsafe void Copy<T>(T* from, nint fromStride, int rows, int width, T* to, nint toStride, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows; i++)
        {
            Span<T> target = new(to + i * toStride, width);
            ReadOnlySpan<T> source = new(from + i * fromStride, width);
            if (accumulate) for (int j = 0; j < width; j++) target[j] += source[j];
            else source.CopyTo(target);
        }
    }
}
