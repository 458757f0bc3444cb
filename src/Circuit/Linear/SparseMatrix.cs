namespace CircuitSim.Circuit.Linear;

/// <summary>A square sparse matrix by columns whose pattern is fixed and whose values are rewritten at every iteration.</summary>
/// <remarks>The last entry of <see cref="Values"/> belongs to no position: it takes what elements write into the row or column of ground.</remarks>
internal sealed class SparseMatrix
{
    public SparseMatrix(int size, int[] columnStarts, int[] rowIndices)
    {
        Size = size;
        ColumnStarts = columnStarts;
        RowIndices = rowIndices;
        Values = new double[rowIndices.Length + 1];
    }

    /// <summary>Number of rows and of columns.</summary>
    public int Size { get; }

    /// <summary>Where each column begins in <see cref="RowIndices"/>; length <see cref="Size"/> + 1.</summary>
    public int[] ColumnStarts { get; }

    /// <summary>Row of each entry, ascending within a column.</summary>
    public int[] RowIndices { get; }

    /// <summary>Value of each entry, and one more that nobody reads.</summary>
    public double[] Values { get; }

    /// <summary>Number of positions in the pattern.</summary>
    public int EntryCount => RowIndices.Length;
}
