namespace CircuitSim.Circuit.Linear;

/// <summary>Collects the positions that elements will write to, and hands out where each one lies once the matrix is built.</summary>
internal sealed class SparsePattern
{
    private readonly List<(int Row, int Column)> _entries = [];

    /// <summary>Asks for a position; −1 as row or column means ground.</summary>
    /// <returns>A ticket for the slots that <see cref="Build"/> returns.</returns>
    public int Add(int row, int column)
    {
        _entries.Add((row, column));
        return _entries.Count - 1;
    }

    /// <summary>Builds the matrix with every position once.</summary>
    /// <param name="size">Number of unknowns.</param>
    /// <param name="slots">For each ticket the index into <see cref="SparseMatrix.Values"/>.</param>
    public SparseMatrix Build(int size, out int[] slots)
    {
        // Two counting sorts, by row and then stably by column, order the entries in linear time.
        int count = _entries.Count;
        int[] tickets = new int[count], entryRows = new int[count], entryColumns = new int[count];
        for (int ticket = 0; ticket < count; ticket++) (tickets[ticket], (entryRows[ticket], entryColumns[ticket])) = (ticket, _entries[ticket]);
        int[] order = SortedBy(SortedBy(tickets, size, entryRows), size, entryColumns);
        slots = new int[count];
        var starts = new int[size + 1];
        var rows = new List<int>(count);
        (int Row, int Column) last = (-1, -1);
        var trash = new List<int>();
        foreach (int ticket in order)
        {
            (int Row, int Column) entry = (entryRows[ticket], entryColumns[ticket]);
            if (entry.Row < 0 || entry.Column < 0)
            {
                trash.Add(ticket);
                continue;
            }

            if (entry != last)
            {
                rows.Add(entry.Row);
                starts[entry.Column + 1]++;
                last = entry;
            }

            slots[ticket] = rows.Count - 1;
        }

        for (int column = 0; column < size; column++) starts[column + 1] += starts[column];
        foreach (int ticket in trash) slots[ticket] = rows.Count;
        return new SparseMatrix(size, starts, [.. rows]);
    }

    private static int[] SortedBy(int[] tickets, int size, int[] key)
    {
        var starts = new int[size + 2];
        foreach (int ticket in tickets) starts[key[ticket] + 2]++;
        for (int i = 0; i < size + 1; i++) starts[i + 1] += starts[i];
        var sorted = new int[tickets.Length];
        foreach (int ticket in tickets) sorted[starts[key[ticket] + 1]++] = ticket;
        return sorted;
    }
}
