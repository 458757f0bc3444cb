namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Signed-rank test of pairs (Wilcoxon, Biometrics Bulletin 1, 1945): exact, with mean ranks for ties and without pairs that do not differ.</summary>
internal static class SignedRankTest
{
    // Accuracies are shares of a whole number of images: differences this close are the same.
    private const double Tie = 1e-9;

    /// <summary>Two-sided probability of ranks as uneven if each difference could as well have had the other sign.</summary>
    internal static double Probability(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double[] differences = [.. first.Zip(second, (a, b) => b - a).Where(d => Math.Abs(d) > Tie).OrderBy(Math.Abs)];
        var ranks = new int[differences.Length];
        for (int i = 0; i < ranks.Length;)
        {
            int end = i;
            while (end < ranks.Length && Math.Abs(differences[end]) - Math.Abs(differences[i]) <= Tie) end++;

            // Twice the mean of the ranks i + 1 to end, a whole number.
            for (int k = i; k < end; k++) ranks[k] = i + 1 + end;
            i = end;
        }

        // Share of all choices of signs that give each sum of ranks.
        int total = ranks.Sum(), positive = Enumerable.Range(0, ranks.Length).Where(k => differences[k] > 0).Sum(k => ranks[k]);
        var shares = new double[total + 1];
        shares[0] = 1;
        foreach (int rank in ranks)
            for (int sum = total; sum >= 0; sum--) shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2;
        int distance = Math.Abs(2 * positive - total);
        return Math.Min(1, Enumerable.Range(0, total + 1).Where(s => Math.Abs(2 * s - total) >= distance).Sum(s => shares[s]));
    }
}
