using MathNet.Numerics.Distributions;

namespace CircuitSim.Training.Bayesian;

/// <summary>The parts of R-hat and of the effective sample size.</summary>
/// <remarks>Vehtari et al., Bayesian Analysis 16, 2021, sections 3 and 4; the cut of the autocorrelations is Geyer's initial monotone sequence (Statistical Science 7, 1992).</remarks>
internal static class ChainDiagnostics
{
    /// <summary>Cuts every chain into halves; the middle draw of an odd chain is left out.</summary>
    internal static double[][] Split(IReadOnlyList<double[]> chains)
    {
        int half = chains[0].Length / 2;
        return [.. chains.SelectMany(c => new[] { c[..half], c[^half..] })];
    }

    /// <summary>Replaces each draw by the normal quantile of its rank among all, (r − 3/8)/(S + 1/4); equal draws share their mean rank.</summary>
    internal static double[][] RankNormalize(double[][] chains)
    {
        int length = chains[0].Length, count = chains.Length * length;
        var values = new double[count];
        var order = new int[count];
        for (int i = 0; i < count; i++) (values[i], order[i]) = (chains[i / length][i % length], i);
        Array.Sort(values, order);

        double[][] scores = [.. chains.Select(c => new double[length])];
        for (int begin = 0; begin < count;)
        {
            int end = begin + 1;
            while (end < count && values[end].Equals(values[begin])) end++;
            double rank = 0.5 * (begin + 1 + end);
            double score = Normal.InvCDF(0, 1, (rank - 0.375) / (count + 0.25));
            for (int i = begin; i < end; i++) scores[order[i] / length][order[i] % length] = score;
            begin = end;
        }

        return scores;
    }

    /// <summary>√(variance of all chains together / mean variance within chains); 1 for draws that do not vary at all.</summary>
    internal static double ScaleReduction(double[][] chains)
    {
        int length = chains[0].Length;
        double within = chains.Average(Variance);
        double between = Variance([.. chains.Select(c => c.Average())]);
        return within == 0 && between == 0 ? 1 : Math.Sqrt((within * (length - 1) / length + between) / within);
    }

    /// <summary>Number of independent draws that would give the same error of the mean, at most S·log₁₀S.</summary>
    internal static double EffectiveSampleSize(double[][] chains)
    {
        int length = chains[0].Length;
        double count = (double)chains.Length * length;
        double[] means = [.. chains.Select(c => c.Average())];
        double within = chains.Average(Variance);
        double total = within * (length - 1) / length + (chains.Length > 1 ? Variance(means) : 0);
        if (total == 0) return count;

        // Sums of neighbouring autocorrelations are positive and fall; noise breaks that rule first, and there the sum is cut.
        double sum = 0, before = double.PositiveInfinity;
        int lag = 0;
        while (lag + 1 < length)
        {
            double pair = Correlation(lag) + Correlation(lag + 1);
            if (!(pair > 0)) break;
            before = Math.Min(before, pair);
            sum += before;
            lag += 2;
        }

        // One term more counts by half when it is positive: the estimate for chains whose draws alternate.
        double next = lag < length ? Math.Max(0, Correlation(lag)) : 0;
        double time = Math.Max(-1 + 2 * sum + next, 1 / Math.Log10(count));
        return count / time;

        double Correlation(int at)
        {
            if (at == 0) return 1;
            double covariance = 0;
            for (int c = 0; c < chains.Length; c++)
            {
                double[] chain = chains[c];
                double products = 0;
                for (int i = at; i < chain.Length; i++) products += (chain[i] - means[c]) * (chain[i - at] - means[c]);
                covariance += products / length / chains.Length;
            }

            return 1 - (within - covariance) / total;
        }
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average(), sum = 0;
        foreach (double v in values) sum += (v - mean) * (v - mean);
        return sum / (values.Length - 1);
    }
}
