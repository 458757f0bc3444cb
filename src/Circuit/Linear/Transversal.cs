namespace CircuitSim.Circuit.Linear;

/// <summary>Pairs every column with a row of its own in which it has an entry, the diagonal where possible (Duff, ACM TOMS 7, 1981).</summary>
internal static class Transversal
{
    /// <summary>Finds the pairing among rows and columns that are not done yet.</summary>
    /// <param name="matrix">The pattern.</param>
    /// <param name="rowDone">Rows to leave out.</param>
    /// <param name="columnDone">Columns to leave out.</param>
    /// <param name="unmatchedColumn">A column for which no row is left, or −1.</param>
    /// <returns>Row of each column (−1 for columns left out), or null when a column stays alone.</returns>
    public static int[]? Find(SparseMatrix matrix, bool[] rowDone, bool[] columnDone, out int unmatchedColumn)
    {
        int n = matrix.Size;
        int[] rowOfColumn = Filled(n), columnOfRow = Filled(n), visited = Filled(n);
        for (int column = 0; column < n; column++)
        {
            if (columnDone[column] || rowDone[column] || !Has(matrix, column)) continue;
            rowOfColumn[column] = column;
            columnOfRow[column] = column;
        }

        var path = new Stack<(int Column, int Row, int Position)>();
        for (int column = 0; column < n; column++)
        {
            if (columnDone[column] || rowOfColumn[column] >= 0) continue;
            if (Augment(matrix, rowDone, column, rowOfColumn, columnOfRow, visited, path)) continue;
            unmatchedColumn = column;
            return null;
        }

        unmatchedColumn = -1;
        return rowOfColumn;
    }

    private static bool Augment(
        SparseMatrix matrix, bool[] rowDone, int root, int[] rowOfColumn, int[] columnOfRow, int[] visited, Stack<(int Column, int Row, int Position)> path)
    {
        path.Clear();
        path.Push((root, -1, matrix.ColumnStarts[root]));
        while (path.TryPop(out (int Column, int Row, int Position) step))
        {
            if (step.Position == matrix.ColumnStarts[step.Column + 1]) continue;
            path.Push(step with { Position = step.Position + 1 });
            int row = matrix.RowIndices[step.Position];
            if (rowDone[row] || visited[row] == root) continue;
            visited[row] = root;
            if (columnOfRow[row] >= 0)
            {
                path.Push((columnOfRow[row], row, matrix.ColumnStarts[columnOfRow[row]]));
                continue;
            }

            // A free row: every column on the path takes the row that it found.
            while (path.TryPop(out (int Column, int Row, int Position) link))
            {
                rowOfColumn[link.Column] = row;
                columnOfRow[row] = link.Column;
                row = link.Row;
            }

            return true;
        }

        return false;
    }

    private static bool Has(SparseMatrix matrix, int diagonal) => Array.BinarySearch(
        matrix.RowIndices, matrix.ColumnStarts[diagonal], matrix.ColumnStarts[diagonal + 1] - matrix.ColumnStarts[diagonal], diagonal) >= 0;

    private static int[] Filled(int length)
    {
        var array = new int[length];
        Array.Fill(array, -1);
        return array;
    }
}
