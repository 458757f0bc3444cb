namespace CircuitSim.Circuit.Linear;

/// <summary>Splits equations into blocks that can be solved one after the other (Tarjan, SIAM J. Comput. 1, 1972).</summary>
internal static class StrongComponents
{
    /// <summary>Finds the blocks.</summary>
    /// <param name="matrix">The pattern.</param>
    /// <param name="rowOfColumn">For each unknown, the equation that is to give it.</param>
    /// <returns>Columns of each block; a block needs only itself and blocks before it.</returns>
    public static List<int[]> Find(SparseMatrix matrix, int[] rowOfColumn)
    {
        int n = matrix.Size;
        // needs[c]: columns with an entry in the row that gives c; as lists behind one another.
        var columnOfRow = new int[n];
        for (int column = 0; column < n; column++) columnOfRow[rowOfColumn[column]] = column;
        var starts = new int[n + 1];
        foreach (int row in matrix.RowIndices) starts[columnOfRow[row] + 1]++;
        for (int i = 0; i < n; i++) starts[i + 1] += starts[i];
        int[] next = starts[..n], needs = new int[matrix.EntryCount];
        for (int column = 0; column < n; column++)
            for (int p = matrix.ColumnStarts[column]; p < matrix.ColumnStarts[column + 1]; p++) needs[next[columnOfRow[matrix.RowIndices[p]]]++] = column;

        int[] position = starts[..n], index = new int[n], lowest = new int[n];
        bool[] isOpen = new bool[n];
        Stack<int> open = new(), path = new();
        var blocks = new List<int[]>();
        int count = 0;
        for (int root = 0; root < n; root++)
        {
            if (index[root] != 0) continue;
            Enter(root);
            while (path.TryPeek(out int column))
            {
                if (position[column] < starts[column + 1])
                {
                    int needed = needs[position[column]++];
                    if (index[needed] == 0) Enter(needed);
                    else if (isOpen[needed]) lowest[column] = Math.Min(lowest[column], index[needed]);
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out int parent)) lowest[parent] = Math.Min(lowest[parent], lowest[column]);
                if (lowest[column] == index[column]) blocks.Add(Close(column));
            }
        }

        return blocks;

        void Enter(int column)
        {
            index[column] = lowest[column] = ++count;
            isOpen[column] = true;
            open.Push(column);
            path.Push(column);
        }

        int[] Close(int column)
        {
            var block = new List<int>();
            int member;
            do
            {
                member = open.Pop();
                isOpen[member] = false;
                block.Add(member);
            }
            while (member != column);
            return [.. block];
        }
    }
}
