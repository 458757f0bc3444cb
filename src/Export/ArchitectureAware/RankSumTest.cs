using MathNet.Numerics.Distributions;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Rank-sum test of Mann and Whitney, normal approximation with ties and continuity correction.</summary>
internal static class RankSumTest
{
    /// <summary>Two-sided probability of ranks as uneven if both lists were drawn from one distribution.</summary>
    internal static double Probability(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        (double Value, bool IsFirst)[] all = [.. first.Select(v => (v, true)).Concat(second.Select(v => (v, false))).OrderBy(p => p.Item1)];
        double ranks = 0, ties = 0;
        for (int i = 0; i < all.Length;)
        {
            int end = i;
            while (end < all.Length && all[end].Value.Equals(all[i].Value)) end++;
            for (int k = i; k < end; k++) if (all[k].IsFirst) ranks += (i + end + 1) / 2.0;
            double count = end - i;
            ties += count * count * count - count;
            i = end;
        }

        double n = first.Count, m = second.Count, total = n + m;
        double variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)));
        if (!(variance > 0)) return 1;
        double distance = Math.Max(0, Math.Abs(ranks - n * (total + 1) / 2) - 0.5) / Math.Sqrt(variance);
        return 2 * Normal.CDF(0, 1, -distance);
    }
}
