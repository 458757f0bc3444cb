namespace CircuitSim.Circuit.Linear;

/// <summary>Makes views of matrices that are stored in one piece.</summary>
public static class GemmView
{
    /// <summary>A matrix stored row after row without gaps.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <param name="values">The numbers, row-major.</param>
    /// <param name="rowCount">Rows.</param>
    /// <param name="columnCount">Columns.</param>
    /// <returns>The view.</returns>
    /// <exception cref="ArgumentException">There are fewer numbers than entries.</exception>
    public static GemmView<T> RowMajor<T>(ReadOnlySpan<T> values, int rowCount, int columnCount)
        where T : unmanaged =>
        new(values, rowCount, columnCount, columnCount);
}
