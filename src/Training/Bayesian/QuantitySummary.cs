using MathNet.Numerics.Statistics;

namespace CircuitSim.Training.Bayesian;

/// <summary>What draws of several chains say about one quantity, and how far they can be trusted.</summary>
/// <remarks>Diagnostics as Vehtari, Gelman, Simpson, Carpenter, Bürkner, "Rank-normalization, folding, and localization: an improved R-hat", Bayesian Analysis 16, 2021.</remarks>
/// <param name="Mean">Mean of all draws.</param>
/// <param name="StandardDeviation">Standard deviation of all draws.</param>
/// <param name="Lower">Quantile 5 %.</param>
/// <param name="Median">Quantile 50 %.</param>
/// <param name="Upper">Quantile 95 %.</param>
/// <param name="MeanStandardError">Monte Carlo standard error of the mean.</param>
/// <param name="RHat">Potential scale reduction, rank-normalised, split and folded: below 1.01 the chains agree.</param>
/// <param name="BulkSampleSize">Effective sample size in the bulk.</param>
/// <param name="TailSampleSize">Effective sample size at the 5 and 95 % quantiles, the lower of both.</param>
public sealed record QuantitySummary(
    double Mean, double StandardDeviation, double Lower, double Median, double Upper,
    double MeanStandardError, double RHat, double BulkSampleSize, double TailSampleSize)
{
    /// <summary>Summarises a quantity.</summary>
    /// <param name="chains">Draws in order, one array a chain, all of one length of at least 4.</param>
    /// <returns>The summary.</returns>
    /// <exception cref="ArgumentException">There is no chain, or chains differ in length or are shorter than four draws.</exception>
    public static QuantitySummary Of(IReadOnlyList<double[]> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        if (chains.Count == 0 || chains[0].Length < 4 || chains.Any(c => c.Length != chains[0].Length))
            throw new ArgumentException("Chains must be of one length of at least four draws.", nameof(chains));

        double[] all = [.. chains.SelectMany(c => c)];
        Array.Sort(all);
        double deviation = all.StandardDeviation(), median = SortedArrayStatistics.Quantile(all, 0.5);
        double lower = SortedArrayStatistics.Quantile(all, 0.05), upper = SortedArrayStatistics.Quantile(all, 0.95);
        double[][] split = ChainDiagnostics.Split(chains);
        double[][] normal = ChainDiagnostics.RankNormalize(split);
        double[][] folded = ChainDiagnostics.RankNormalize([.. split.Select(c => Array.ConvertAll(c, v => Math.Abs(v - median)))]);
        return new QuantitySummary(
            all.Mean(), deviation, lower, median, upper,
            deviation / Math.Sqrt(ChainDiagnostics.EffectiveSampleSize(split)),
            Math.Max(ChainDiagnostics.ScaleReduction(normal), ChainDiagnostics.ScaleReduction(folded)),
            ChainDiagnostics.EffectiveSampleSize(normal),
            Math.Min(AtQuantile(split, lower), AtQuantile(split, upper)));
    }

    private static double AtQuantile(double[][] split, double quantile) =>
        ChainDiagnostics.EffectiveSampleSize([.. split.Select(c => Array.ConvertAll(c, v => v <= quantile ? 1.0 : 0.0))]);
}
