namespace CircuitSim.Circuit.Linear;

/// <summary>Order in which columns are eliminated, and the row that each would best take as its pivot; made from the pattern alone.</summary>
/// <remarks>
/// Rows and columns with one entry go first, then the rest by <see cref="MinimumDegreeOrdering"/> after a transversal has put
/// an entry onto every diagonal position. In nodal equations the first step removes grounded voltage sources without fill.
/// </remarks>
internal sealed class EliminationPlan
{
    private EliminationPlan(int[] columns, int[] preferredRows)
    {
        Columns = columns;
        PreferredRows = preferredRows;
    }

    /// <summary>Columns in order of elimination.</summary>
    public int[] Columns { get; }

    /// <summary>For each step, the row to use as pivot if its value is large enough.</summary>
    public int[] PreferredRows { get; }

    /// <summary>Plans the elimination.</summary>
    /// <param name="matrix">The pattern; values are not read.</param>
    /// <param name="unmatchedColumn">Set to a column without any pivot when the pattern is singular, else −1.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The plan, or null when the pattern is singular whatever its values.</returns>
    public static EliminationPlan? Create(SparseMatrix matrix, out int unmatchedColumn, CancellationToken cancellationToken = default)
    {
        int n = matrix.Size;
        (int[] rowStarts, int[] rowColumns) = Transpose(matrix);
        var columns = new List<int>(n);
        var rows = new List<int>(n);
        bool[] rowDone = new bool[n], columnDone = new bool[n];
        TakeSingletons(matrix, rowStarts, rowColumns, rowDone, columnDone, rows, columns);

        int[]? rowOfColumn = Transversal.Find(matrix, rowDone, columnDone, out unmatchedColumn);
        if (rowOfColumn is null) return null;

        int[] rest = [.. Enumerable.Range(0, n).Where(c => !columnDone[c])];
        var indexOfRow = new int[n];
        for (int i = 0; i < rest.Length; i++) indexOfRow[rowOfColumn[rest[i]]] = i;
        foreach (int i in MinimumDegreeOrdering.Order(rest.Length, Edges(), cancellationToken))
        {
            columns.Add(rest[i]);
            rows.Add(rowOfColumn[rest[i]]);
        }

        return new EliminationPlan([.. columns], [.. rows]);

        IEnumerable<(int From, int To)> Edges()
        {
            for (int i = 0; i < rest.Length; i++)
            {
                for (int p = matrix.ColumnStarts[rest[i]]; p < matrix.ColumnStarts[rest[i] + 1]; p++)
                {
                    int row = matrix.RowIndices[p];
                    if (!rowDone[row] && indexOfRow[row] != i) yield return (indexOfRow[row], i);
                }
            }
        }
    }

    private static void TakeSingletons(
        SparseMatrix matrix, int[] rowStarts, int[] rowColumns, bool[] rowDone, bool[] columnDone, List<int> rows, List<int> columns)
    {
        int n = matrix.Size;
        int[] rowCount = new int[n], columnCount = new int[n];
        var queue = new Queue<(int Index, bool IsRow)>();
        for (int i = 0; i < n; i++)
        {
            rowCount[i] = rowStarts[i + 1] - rowStarts[i];
            columnCount[i] = matrix.ColumnStarts[i + 1] - matrix.ColumnStarts[i];
            if (rowCount[i] == 1) queue.Enqueue((i, true));
            if (columnCount[i] == 1) queue.Enqueue((i, false));
        }

        while (queue.TryDequeue(out (int Index, bool IsRow) single))
        {
            int row = single.Index, column = single.Index;
            if (single.IsRow)
            {
                if (rowDone[row] || rowCount[row] != 1) continue;
                column = First(rowColumns.AsSpan(rowStarts[row]..rowStarts[row + 1]), columnDone);
            }
            else
            {
                if (columnDone[column] || columnCount[column] != 1) continue;
                row = First(matrix.RowIndices.AsSpan(matrix.ColumnStarts[column]..matrix.ColumnStarts[column + 1]), rowDone);
            }

            rowDone[row] = columnDone[column] = true;
            rows.Add(row);
            columns.Add(column);
            for (int p = rowStarts[row]; p < rowStarts[row + 1]; p++)
                if (--columnCount[rowColumns[p]] == 1 && !columnDone[rowColumns[p]]) queue.Enqueue((rowColumns[p], false));
            for (int p = matrix.ColumnStarts[column]; p < matrix.ColumnStarts[column + 1]; p++)
                if (--rowCount[matrix.RowIndices[p]] == 1 && !rowDone[matrix.RowIndices[p]]) queue.Enqueue((matrix.RowIndices[p], true));
        }
    }

    private static int First(ReadOnlySpan<int> candidates, bool[] done)
    {
        foreach (int candidate in candidates)
            if (!done[candidate]) return candidate;
        throw new InvalidOperationException("A row or column counted as having one entry left has none.");
    }

    private static (int[] Starts, int[] Columns) Transpose(SparseMatrix matrix)
    {
        int n = matrix.Size;
        var starts = new int[n + 1];
        foreach (int row in matrix.RowIndices) starts[row + 1]++;
        for (int i = 0; i < n; i++) starts[i + 1] += starts[i];
        int[] next = starts[..n];
        var columns = new int[matrix.EntryCount];
        for (int column = 0; column < n; column++)
            for (int p = matrix.ColumnStarts[column]; p < matrix.ColumnStarts[column + 1]; p++) columns[next[matrix.RowIndices[p]]++] = column;
        return (starts, columns);
    }
}
