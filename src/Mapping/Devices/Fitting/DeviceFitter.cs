using System.Globalization;
using CircuitSim.Circuit.Errors;
using MathNet.Numerics.Statistics;

namespace CircuitSim.Mapping.Devices.Fitting;

/// <summary>Makes a device card from measured conductances: an empirical distribution for every level and time.</summary>
public static class DeviceFitter
{
    private const string BetweenTimes = "Between measured times quantiles are interpolated linearly in the logarithm of time.";

    private const int LevelsInMessage = 10;

    /// <summary>Fits a card.</summary>
    /// <remarks>
    /// Each distribution is a quantile function through the sorted reads (Hyndman and Fan, type 7), kept at up to 111 probabilities that crowd
    /// in the tails; it ends at the smallest and the largest read. Without times the spread belongs to programming; with times the earliest does,
    /// and the later ones make the card's drift.
    /// </remarks>
    /// <param name="samples">The measurements.</param>
    /// <param name="options">Name, source and smallest sample.</param>
    /// <returns>The card and the statistics of its levels.</returns>
    /// <exception cref="InvalidDesignException">A level has too few reads or none at some time, levels overlap, or there are fewer than two; all violations are listed.</exception>
    public static DeviceFit Fit(DeviceSamples samples, DeviceFitOptions options)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FewestSamples, 5);
        double[] times = [.. samples.Samples.Select(s => s.Seconds).Distinct().Order()];
        Level[] levels = Levels(samples, times);
        Check(samples, levels, times, options);

        double[] probabilities = Probabilities(levels.Min(l => l.Sorted.Min(s => s.Length)));
        QuantileTable[] tables = [.. times.Select((_, t) => new QuantileTable(
            probabilities, [.. levels.Select(l => l.Target)],
            [.. levels.Select(l => (IReadOnlyList<double>)[.. probabilities.Select(p => SortedArrayStatistics.QuantileCustom(l.Sorted[t], p, QuantileDefinition.R7) - l.Target)])]))];
        string measured = string.Create(CultureInfo.InvariantCulture, $"{options.Source}: {samples.Samples.Count} reads of {levels.Length} levels");
        var card = new DeviceCard(options.Name, levels[0].Target, levels[^1].Target, options.Source)
        {
            Technology = "measured by the user",
            Validity = times.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $"measured levels; {times[0]:G6} to {times[^1]:G6} s after programming") : "measured levels, at the time of the measurement",
            Levels = [.. levels.Select(l => l.Target)],
            Assumptions = Assumptions(samples),
            AssumptionParts = samples.HasTimes ? new Dictionary<string, DevicePart> { [BetweenTimes] = DevicePart.Drift } : [],
            ProgrammingError = new EmpiricalProgrammingError(tables[0]) { Source = measured, IsAfterVerify = options.IsAfterVerify },
            Drift = times.Length < 2 ? null : new EmpiricalDrift([.. times.Zip(tables)]) { Source = measured, FirstSeconds = times[0], LastSeconds = times[^1] },
            PulseEnergyJoules = options.PulseEnergyJoules,
        };
        return new DeviceFit
        {
            Card = card,
            Levels = [.. levels.SelectMany((l, i) => times.Select((seconds, t) => Statistics(levels, i, t, seconds)))],
            CycleCount = samples.HasCycles ? samples.Samples.Select(s => s.Cycle).Distinct().Count() : 0,
            LargestCycleShift = samples.HasCycles ? CycleShift(samples, levels) : null,
        };
    }

    private static Level[] Levels(DeviceSamples samples, double[] times)
    {
        var groups = samples.HasTargets
            ? samples.Samples.GroupBy(s => s.TargetSiemens.ToString("R", CultureInfo.InvariantCulture))
            : samples.Samples.GroupBy(s => s.Level);
        return
        [
            .. groups.Select(g =>
            {
                double[][] sorted = [.. times.Select(t => g.Where(s => s.Seconds == t).Select(s => s.MeasuredSiemens).Order().ToArray())];
                double target = samples.HasTargets ? g.First().TargetSiemens : sorted[0].Length == 0 ? double.NaN : SortedArrayStatistics.Median(sorted[0]);
                return new Level(g.Key, target, sorted);
            }).OrderBy(l => l.Target),
        ];
    }

    private static void Check(DeviceSamples samples, Level[] levels, double[] times, DeviceFitOptions options)
    {
        var problems = new List<string>();
        if (levels.Length < 2) problems.Add($"There is {levels.Length} level; a card needs at least two.");
        foreach (Level level in levels)
            for (int t = 0; t < times.Length; t++)
                if (level.Sorted[t].Length < options.FewestSamples)
                {
                    string when = samples.HasTimes ? string.Create(CultureInfo.InvariantCulture, $" at {times[t]:G6} s") : "";
                    problems.Add($"Level {level.Name} has {level.Sorted[t].Length} reads{when}; a distribution needs at least {options.FewestSamples}. Measure more, or leave the level (or the time) out.");
                }

        if (problems.Count == 0 && !samples.HasTargets)
        {
            // Half of the devices of a level lie between its quartiles: where those of two levels meet, a read says little about the level.
            for (int i = 1; i < levels.Length; i++)
            {
                double below = SortedArrayStatistics.UpperQuartile(levels[i - 1].Sorted[0]), above = SortedArrayStatistics.LowerQuartile(levels[i].Sorted[0]);
                if (below >= above)
                    problems.Add(string.Create(CultureInfo.InvariantCulture, $"Levels {levels[i - 1].Name} and {levels[i].Name} overlap: a quarter of the one is above {below:G4} S, a quarter of the other below {above:G4} S. Merge them, or program fewer levels."));
            }
        }

        if (problems.Count > LevelsInMessage) problems = [.. problems.Take(LevelsInMessage), $"… and {problems.Count - LevelsInMessage} more."];
        if (problems.Count > 0) throw new InvalidDesignException($"Samples of {samples.Path}", problems);
    }

    // Even steps of 1 % and, as far as the samples reach, more points in the tails.
    private static double[] Probabilities(int count)
    {
        double[] tail = [.. ((double[])[1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3]).Where(p => p * count >= 1)];
        double[] middle = count >= 100 ? [.. Enumerable.Range(1, 99).Select(i => i / 100.0)] : [.. Enumerable.Range(1, count - 2).Select(i => (double)i / (count - 1))];
        return [0, .. tail, .. middle, .. tail.Reverse().Select(p => 1 - p), 1];
    }

    private static FittedLevel Statistics(Level[] levels, int index, int time, double seconds)
    {
        double[] sorted = levels[index].Sorted[time];
        double median = SortedArrayStatistics.Median(sorted);
        double beyond = index == levels.Length - 1 ? 0
            : sorted.Count(g => g > 0.5 * (median + SortedArrayStatistics.Median(levels[index + 1].Sorted[time]))) / (double)sorted.Length;
        return new FittedLevel(
            levels[index].Name, levels[index].Target, seconds, sorted.Length, ArrayStatistics.Mean(sorted), ArrayStatistics.StandardDeviation(sorted), median,
            SortedArrayStatistics.QuantileCustom(sorted, 0.05, QuantileDefinition.R7), SortedArrayStatistics.QuantileCustom(sorted, 0.95, QuantileDefinition.R7), beyond);
    }

    private static double CycleShift(DeviceSamples samples, Level[] levels)
    {
        double first = samples.Samples.Min(s => s.Seconds), largest = 0;
        foreach (Level level in levels)
        {
            double mean = ArrayStatistics.Mean(level.Sorted[0]), deviation = ArrayStatistics.StandardDeviation(level.Sorted[0]);
            if (deviation == 0) continue;
            var cycles = samples.Samples.Where(s => s.Seconds == first && (samples.HasTargets ? s.TargetSiemens == level.Target : s.Level == level.Name)).GroupBy(s => s.Cycle);
            largest = Math.Max(largest, cycles.Max(c => Math.Abs(c.Average(s => s.MeasuredSiemens) - mean) / deviation));
        }

        return largest;
    }

    private static List<string> Assumptions(DeviceSamples samples)
    {
        List<string> assumptions =
        [
            "Distributions end at the smallest and the largest read of their level; nothing is extrapolated into the tails.",
            "A target between two measured ones has the distribution linearly between theirs.",
        ];
        if (!samples.HasTargets) assumptions.Add("Levels came without targets: a level's target is the median of its first reads.");
        if (samples.HasTimes) assumptions.Add(BetweenTimes);
        if (samples.HasCycles) assumptions.Add("All programming cycles are pooled: cycle-to-cycle and device-to-device spread are not told apart.");
        return assumptions;
    }

    private sealed record Level(string Name, double Target, double[][] Sorted);
}
