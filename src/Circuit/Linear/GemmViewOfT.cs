namespace CircuitSim.Circuit.Linear;

/// <summary>A dense matrix as a strided view of numbers that someone else owns: one factor of <see cref="Gemm"/>.</summary>
/// <remarks>Entry (i, j) is <c>Values[i·RowStride + j·ColumnStride]</c>, so a transpose or every second row costs no copy.</remarks>
/// <typeparam name="T">double or float.</typeparam>
public readonly ref struct GemmView<T>
    where T : unmanaged
{
    /// <summary>Creates a view and checks that it stays inside its numbers.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="rowCount">Rows, at least 0.</param>
    /// <param name="columnCount">Columns, at least 0.</param>
    /// <param name="rowStride">Distance between entries of neighbouring rows, at least 0.</param>
    /// <param name="columnStride">Distance between entries of neighbouring columns, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or stride is negative.</exception>
    /// <exception cref="ArgumentException">The last entry lies beyond the numbers.</exception>
    public GemmView(ReadOnlySpan<T> values, int rowCount, int columnCount, int rowStride, int columnStride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfNegative(columnCount);
        ArgumentOutOfRangeException.ThrowIfNegative(rowStride);
        ArgumentOutOfRangeException.ThrowIfNegative(columnStride);
        if (rowCount > 0 && columnCount > 0 && (rowCount - 1L) * rowStride + (columnCount - 1L) * columnStride >= values.Length)
        {
            throw new ArgumentException(
                $"{values.Length} numbers do not hold {rowCount} x {columnCount} entries with strides {rowStride} and {columnStride}.",
                nameof(values));
        }

        Values = values;
        RowCount = rowCount;
        ColumnCount = columnCount;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>Rows.</summary>
    public int RowCount { get; }

    /// <summary>Columns.</summary>
    public int ColumnCount { get; }

    /// <summary>Distance between entries of neighbouring rows.</summary>
    public int RowStride { get; }

    /// <summary>Distance between entries of neighbouring columns.</summary>
    public int ColumnStride { get; }

    /// <summary>The same numbers with rows and columns exchanged.</summary>
    public GemmView<T> Transposed => new(Values, ColumnCount, RowCount, ColumnStride, RowStride);
}
