using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.ExSitu;

/// <summary>Turns trained weights into pairs of conductance levels. Immutable; thread-safe.</summary>
/// <remarks>
/// A weight w at the scale s asks for the difference x = s·w. A pair with the expected difference d and the variance v has the expected squared
/// error (x − d)² + v; the best pair for every x is the lower envelope of these parabolas, found once and searched by bisection. Pairs of
/// conductances for signed weights: D. Bonnet, CEA-Leti, 2020, after M. Prezioso et al., Nature 521, 2015.
/// </remarks>
public sealed class PairTransfer
{
    private const int ScaleSamples = 4096, ScaleSteps = 60, Refinements = 20;
    private const double LargestStretch = 12;

    private readonly Pair[] _pairs;
    private readonly double[] _breaks;

    private PairTransfer(LevelStatistics levels, PairAssignment assignment, Pair[] pairs)
    {
        Levels = levels;
        Assignment = assignment;
        (_pairs, _breaks) = Envelope(pairs);
    }

    /// <summary>The levels.</summary>
    public LevelStatistics Levels { get; }

    /// <summary>Which pairs are used and what decides between them.</summary>
    public PairAssignment Assignment { get; }

    /// <summary>Largest difference of a pair, siemens.</summary>
    public double RangeSiemens => _pairs[^1].Difference;

    /// <summary>Prepares a transfer.</summary>
    /// <param name="levels">The levels and their statistics.</param>
    /// <param name="assignment">How levels are chosen.</param>
    /// <returns>The transfer.</returns>
    public static PairTransfer Create(LevelStatistics levels, PairAssignment assignment)
    {
        ArgumentNullException.ThrowIfNull(levels);
        var pairs = new List<Pair>();
        int count = levels.TargetSiemens.Count;
        bool isAware = assignment == PairAssignment.PairAware;
        for (int p = 0; p < count; p++)
            for (int n = 0; n < count; n++)
            {
                if (!isAware && p != 0 && n != 0) continue;
                double spread = Square(levels.DeviationSiemens[p]) + Square(levels.DeviationSiemens[n]), shift = levels.MeanSiemens[p] - levels.MeanSiemens[n];
                double difference = isAware ? shift : levels.TargetSiemens[p] - levels.TargetSiemens[n];
                pairs.Add(new Pair(difference, isAware ? spread : 0, levels.TargetSiemens[p], levels.TargetSiemens[n], shift, spread, levels.ExpectedPulses[p] + levels.ExpectedPulses[n]));
            }

        return new PairTransfer(levels, assignment, [.. pairs]);
    }

    /// <summary>The scale at which weights are placed.</summary>
    /// <param name="weights">All weights that share the scale, finite, not all zero.</param>
    /// <returns>Siemens per unit of weight.</returns>
    /// <exception cref="InvalidDesignException">A weight is not finite, or all are zero.</exception>
    public double Scale(ReadOnlySpan<double> weights)
    {
        double largest = 0;
        foreach (double w in weights)
        {
            if (!double.IsFinite(w)) throw new InvalidDesignException("Transfer of weights", [string.Create(CultureInfo.InvariantCulture, $"A weight is {w}; only finite weights have conductances. Train with a smaller learning rate.")]);
            largest = Math.Max(largest, Math.Abs(w));
        }

        if (largest == 0) throw new InvalidDesignException("Transfer of weights", ["All weights are 0, so that no scale fits them."]);
        double whole = RangeSiemens / largest;
        if (Assignment == PairAssignment.Nearest) return whole;

        double[] sorted = weights.ToArray();
        Array.Sort(sorted);
        double[] some = [.. Enumerable.Range(0, Math.Min(ScaleSamples, sorted.Length)).Select(i => sorted[(int)((i + 0.5) * sorted.Length / Math.Min(ScaleSamples, sorted.Length))])];
        double best = whole, least = double.PositiveInfinity, step = Math.Pow(LargestStretch, 1.0 / ScaleSteps);
        for (int i = 0; i <= ScaleSteps; i++) Try(whole * Math.Pow(step, i));
        for (int i = 0; i < Refinements; i++)
        {
            step = Math.Sqrt(step);
            double centre = best;
            Try(centre * step);
            Try(centre / step);
        }

        return best;

        void Try(double scale)
        {
            double sum = 0;
            foreach (double w in some)
            {
                Pair pair = Best(w * scale);
                sum += (Square(w * scale - pair.Difference) + pair.Penalty) / (scale * scale);
            }

            if (sum < least) (least, best) = (sum, scale);
        }
    }

    /// <summary>Places weights at a scale.</summary>
    /// <param name="weights">Weights.</param>
    /// <param name="siemensPerWeight">Scale, positive: that of <see cref="Scale"/> or one that several arrays share.</param>
    /// <returns>The targets.</returns>
    public WeightPairs Place(ReadOnlySpan<double> weights, double siemensPerWeight)
    {
        if (!(siemensPerWeight > 0)) throw new ArgumentOutOfRangeException(nameof(siemensPerWeight), siemensPerWeight, "The scale is positive.");
        var targets = new double[2 * weights.Length];
        double pulses = 0, squares = 0;
        int saturated = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            double wanted = weights[k] * siemensPerWeight;
            Pair pair = Best(wanted);
            (targets[2 * k], targets[2 * k + 1]) = (pair.Positive, pair.Negative);
            pulses += pair.Pulses;
            squares += Square(wanted - pair.Shift) + pair.Spread;
            // The sum of many roundings may put the largest weight a little beyond the window that it defines.
            if (Math.Abs(wanted) > RangeSiemens * (1 + 1e-9)) saturated++;
        }

        return new WeightPairs(siemensPerWeight, targets)
        {
            ExpectedPulses = pulses,
            ExpectedRmsError = Math.Sqrt(squares / weights.Length) / siemensPerWeight,
            SaturatedCount = saturated,
        };
    }

    /// <summary>Mean and standard deviation of the weight that is read when a weight is wanted.</summary>
    /// <param name="weight">The weight wanted.</param>
    /// <param name="siemensPerWeight">The scale.</param>
    /// <returns>Moments of the law of the pair that <see cref="Place"/> takes, in units of weight.</returns>
    public (double Mean, double Deviation) Law(double weight, double siemensPerWeight)
    {
        Pair pair = Best(weight * siemensPerWeight);
        return (pair.Shift / siemensPerWeight, Math.Sqrt(pair.Spread) / siemensPerWeight);
    }

    private static double Square(double value) => value * value;

    private Pair Best(double wanted)
    {
        int found = Array.BinarySearch(_breaks, wanted);
        return _pairs[found >= 0 ? found : ~found];
    }

    // (x − d)² + v = x² − 2dx + (d² + v): the lowest line at x, over lines sorted by d; each break is where the next pair takes over.
    private static (Pair[] Pairs, double[] Breaks) Envelope(Pair[] all)
    {
        var kept = new List<Pair>();
        var breaks = new List<double>();
        foreach (IGrouping<double, Pair> same in all.GroupBy(p => p.Difference).OrderBy(g => g.Key))
        {
            Pair next = same.OrderBy(p => p.Penalty).ThenBy(p => p.Positive + p.Negative).First();
            while (kept.Count > 0)
            {
                Pair last = kept[^1];
                double at = (Square(next.Difference) + next.Penalty - Square(last.Difference) - last.Penalty) / (2 * (next.Difference - last.Difference));
                if (breaks.Count == 0 || at > breaks[^1])
                {
                    breaks.Add(at);
                    break;
                }

                kept.RemoveAt(kept.Count - 1);
                breaks.RemoveAt(breaks.Count - 1);
            }

            kept.Add(next);
        }

        return ([.. kept], [.. breaks]);
    }

    private readonly record struct Pair(double Difference, double Penalty, double Positive, double Negative, double Shift, double Spread, double Pulses);
}
