namespace CircuitSim.Circuit.Linear;

/// <summary>Voltages of a conductance network by elimination of one node after the other in twice the precision.</summary>
/// <remarks>
/// As in <see cref="DenseElimination"/> nothing is subtracted: what positive and negative sources make is carried apart, so that every voltage is
/// right to a few roundings of the sum of both, whatever the ratio of conductances. Slow: it is for what double precision does not settle.
/// </remarks>
internal static class ExtendedElimination
{
    // About a second.
    private const long MostProducts = 5_000_000;

    /// <summary>Solves a network.</summary>
    /// <param name="edges">Conductances, siemens, positive, between two different nodes.</param>
    /// <param name="order">Nodes of unknown voltage, in order of elimination.</param>
    /// <param name="knownVolts">Voltages, a node each; those of unknown nodes are not read.</param>
    /// <returns>Voltages and the sums of what cancels in them, a node each; null when it would take too long or a node reaches no known one.</returns>
    internal static (DoubleDouble[] Volts, double[] Magnitudes)? Solve(
        IReadOnlyList<(int A, int B, DoubleDouble Siemens)> edges, IReadOnlyList<int> order, ReadOnlySpan<double> knownVolts)
    {
        int count = order.Count;
        var position = new int[knownVolts.Length];
        Array.Fill(position, -1);
        for (int k = 0; k < count; k++) position[order[k]] = k;
        var rows = new Dictionary<int, DoubleDouble>[count];
        for (int k = 0; k < count; k++) rows[k] = [];
        DoubleDouble[] toKnown = new DoubleDouble[count], high = new DoubleDouble[count], low = new DoubleDouble[count];
        foreach ((int a, int b, DoubleDouble siemens) in edges)
        {
            (int first, int second) = (position[a], position[b]);
            if (first >= 0 && second >= 0) Add(rows[Math.Min(first, second)], Math.Max(first, second), siemens);
            else if (first >= 0 || second >= 0)
            {
                int own = Math.Max(first, second);
                double volts = knownVolts[first >= 0 ? b : a];
                toKnown[own] += siemens;
                if (volts > 0) high[own] += siemens * volts;
                else low[own] -= siemens * volts;
            }
        }

        long products = 0;
        var sums = new DoubleDouble[count];
        for (int k = 0; k < count; k++)
        {
            sums[k] = toKnown[k];
            (int Node, DoubleDouble Siemens)[] row = [.. rows[k].Select(entry => (entry.Key, entry.Value))];
            foreach ((_, DoubleDouble siemens) in row) sums[k] += siemens;
            products += (long)row.Length * row.Length / 2;
            if (products > MostProducts || !(sums[k].High > 0)) return null;
            for (int p = 0; p < row.Length; p++)
            {
                DoubleDouble share = row[p].Siemens / sums[k];
                int own = row[p].Node;
                (toKnown[own], high[own], low[own]) = (toKnown[own] + share * toKnown[k], high[own] + share * high[k], low[own] + share * low[k]);
                for (int q = p + 1; q < row.Length; q++)
                    Add(rows[Math.Min(own, row[q].Node)], Math.Max(own, row[q].Node), share * row[q].Siemens);
            }
        }

        var found = new DoubleDouble[knownVolts.Length];
        var magnitudes = new double[knownVolts.Length];
        for (int k = 0; k < knownVolts.Length; k++) found[k] = knownVolts[k];
        for (int k = count - 1; k >= 0; k--)
        {
            foreach ((int other, DoubleDouble siemens) in rows[k]) (high[k], low[k]) = (high[k] + siemens * high[other], low[k] + siemens * low[other]);
            (high[k], low[k]) = (high[k] / sums[k], low[k] / sums[k]);
            (found[order[k]], magnitudes[order[k]]) = (high[k] - low[k], high[k].High + low[k].High);
        }

        return (found, magnitudes);
    }

    private static void Add(Dictionary<int, DoubleDouble> row, int node, DoubleDouble siemens) =>
        row[node] = row.TryGetValue(node, out DoubleDouble before) ? before + siemens : siemens;
}
