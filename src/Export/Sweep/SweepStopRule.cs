using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Runs;

namespace CircuitSim.Export.Sweep;

/// <summary>Where a point of a sweep ends: a function of its first chips alone, so that threads, rounds and shards do not matter.</summary>
internal static class SweepStopRule
{
    // Of the normal law: the interval of a mean of many chips.
    private const double Quantile95 = 1.959963984540054;

    /// <summary>Chips after which the rule holds for the first time, or null when it does not for these.</summary>
    /// <param name="stop">The rule, or null.</param>
    /// <param name="first">Chips 1, 2, … without a gap.</param>
    /// <param name="isGood">Whether a chip meets the yield limit, or null without one.</param>
    /// <returns>The number of chips to count, or null.</returns>
    internal static int? End(SweepStop? stop, IReadOnlyList<ChipRecord> first, Func<ChipRecord, bool>? isGood)
    {
        if (stop is null) return null;
        int good = 0;
        double mean = 0, squares = 0;
        for (int k = 1; k <= first.Count; k++)
        {
            // Welford's update of mean and sum of squares.
            double difference = first[k - 1].AccuracyPercent - mean;
            mean += difference / k;
            squares += difference * (first[k - 1].AccuracyPercent - mean);
            if (isGood is not null && isGood(first[k - 1])) good++;
            if (k < stop.Least) continue;

            double halfWidth = isGood is null ? Quantile95 * Math.Sqrt(squares / (k - 1) / k) : YieldHalfWidthPercent(good, k);
            if (halfWidth <= stop.HalfWidthPercent) return k;
        }

        return null;
    }

    private static double YieldHalfWidthPercent(int good, int count)
    {
        (double lower, double upper) = ExactInterval.Share(good, count);
        return 50 * (upper - lower);
    }
}
