namespace CircuitSim.Mapping.Devices;

/// <summary>Picks one bin a level so that neighbours can be told apart and the programming iterations are fewest: dynamic programming, exact over its candidates.</summary>
internal static class BinChain
{
    /// <summary>The best chain.</summary>
    /// <param name="candidates">Candidate bins of each level, lowest level first; sorted here by where their reads end.</param>
    /// <returns>One bin a level, or null when no chain exists.</returns>
    internal static PlacedBin[]? Best(IReadOnlyList<PlacedBin[]> candidates)
    {
        int count = candidates.Count;
        // Levels may share one array, which is sorted once: a second sort could exchange bins of equal ends.
        foreach (PlacedBin[] bins in candidates.Distinct()) Array.Sort(bins, (a, b) => a.ReadHigh.CompareTo(b.ReadHigh));
        var best = new (double Cost, int Bin, int Before)[count][];
        for (int level = 0; level < count; level++)
        {
            PlacedBin[] bins = candidates[level];
            // best[level][i]: cheapest chain whose last bin is among the first i + 1 of this level, and which bin that is.
            best[level] = new (double, int, int)[bins.Length];
            for (int i = 0; i < bins.Length; i++)
            {
                int before = level == 0 ? -1 : LastThatEndsBelow(candidates[level - 1], bins[i].ReadLow);
                double cost = level == 0 ? bins[i].Iterations
                    : before < 0 ? double.PositiveInfinity : bins[i].Iterations + best[level - 1][before].Cost;
                best[level][i] = i > 0 && best[level][i - 1].Cost <= cost ? best[level][i - 1] : (cost, i, before);
            }
        }

        if (best[^1].Length == 0 || double.IsPositiveInfinity(best[^1][^1].Cost)) return null;
        var chain = new PlacedBin[count];
        for (int level = count - 1, i = best[^1].Length - 1; level >= 0; level--)
        {
            (_, int bin, int before) = best[level][i];
            chain[level] = candidates[level][bin];
            i = before;
        }

        return chain;
    }

    private static int LastThatEndsBelow(PlacedBin[] bins, double siemens)
    {
        int low = 0, high = bins.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (bins[middle].ReadHigh <= siemens) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }
}
