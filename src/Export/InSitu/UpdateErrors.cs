namespace CircuitSim.Export.InSitu;

/// <summary>How far the real updates of a layer were from the requested ones.</summary>
/// <remarks>
/// As CrossSim 2.0 shows them: targets and real changes are each divided by twice their own standard deviation, and an error is target
/// less real change. Because of that scaling a real change that is merely too large or too small as a whole shows no error;
/// <see cref="RelativeError"/> is free of it.
/// </remarks>
public sealed record UpdateErrors
{
    private const int BinCount = 100, MostPoints = 3000;

    /// <summary>Updates that were recorded and asked for a change.</summary>
    public required int Count { get; init; }

    /// <summary>Root mean square of real less requested change, over that of the requested change, without any scaling.</summary>
    public required double RelativeError { get; init; }

    /// <summary>Mean error.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation of the error.</summary>
    public required double Deviation { get; init; }

    /// <summary>Standard deviation of the error of requests that raise the weight.</summary>
    public required double IncreasingDeviation { get; init; }

    /// <summary>Standard deviation of the error of requests that lower the weight.</summary>
    public required double DecreasingDeviation { get; init; }

    /// <summary>Edges of the bins of errors, rising.</summary>
    public required IReadOnlyList<double> Edges { get; init; }

    /// <summary>Updates in each bin.</summary>
    public required IReadOnlyList<int> Counts { get; init; }

    /// <summary>Targets of some of the updates, evenly chosen.</summary>
    public required IReadOnlyList<double> Targets { get; init; }

    /// <summary>Real changes of the same updates.</summary>
    public required IReadOnlyList<double> Reals { get; init; }

    /// <summary>Difference of the deviations of both kinds of requests.</summary>
    public double Asymmetry => Math.Abs(IncreasingDeviation - DecreasingDeviation);

    /// <summary>Sums up recorded updates.</summary>
    /// <param name="targets">Requested changes.</param>
    /// <param name="reals">Changes that were made, as many.</param>
    /// <returns>The summary, or null when no update asked for a change or none was made.</returns>
    public static UpdateErrors? Of(IReadOnlyList<double> targets, IReadOnlyList<double> reals)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(reals);
        if (targets.Count != reals.Count) throw new ArgumentException($"{reals.Count} real changes for {targets.Count} targets.", nameof(reals));
        int[] asked = [.. Enumerable.Range(0, targets.Count).Where(i => targets[i] != 0)];
        double[] t = [.. asked.Select(i => targets[i])], r = [.. asked.Select(i => reals[i])];
        if (asked.Length == 0 || !(DeviationOf(t) > 0) || !(DeviationOf(r) > 0)) return null;

        double relative = Math.Sqrt(t.Zip(r).Sum(p => (p.Second - p.First) * (p.Second - p.First)) / t.Sum(v => v * v));
        double targetScale = 0.5 / DeviationOf(t), realScale = 0.5 / DeviationOf(r);
        for (int i = 0; i < t.Length; i++) (t[i], r[i]) = (t[i] * targetScale, r[i] * realScale);
        double[] errors = [.. t.Zip(r).Select(p => p.First - p.Second)];
        (double[] edges, int[] counts) = Histogram(errors);
        int step = Math.Max(1, (t.Length + MostPoints - 1) / MostPoints);
        int[] shown = [.. Enumerable.Range(0, t.Length).Where(i => i % step == 0)];
        return new UpdateErrors
        {
            Count = asked.Length,
            RelativeError = relative,
            Mean = errors.Average(),
            Deviation = DeviationOf(errors),
            IncreasingDeviation = DeviationOf([.. errors.Where((_, i) => t[i] > 0)]),
            DecreasingDeviation = DeviationOf([.. errors.Where((_, i) => t[i] < 0)]),
            Edges = edges,
            Counts = counts,
            Targets = [.. shown.Select(i => Math.Round(t[i], 5))],
            Reals = [.. shown.Select(i => Math.Round(r[i], 5))],
        };
    }

    private static double DeviationOf(double[] values)
    {
        if (values.Length == 0) return 0;
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    // Four deviations to both sides hold nearly all; what lies beyond is counted in the outermost bins.
    private static (double[] Edges, int[] Counts) Histogram(double[] errors)
    {
        double mean = errors.Average(), half = Math.Max(4 * DeviationOf(errors), 1e-6);
        double low = mean - half, width = 2 * half / BinCount;
        var counts = new int[BinCount];
        foreach (double error in errors) counts[Math.Clamp((int)((error - low) / width), 0, BinCount - 1)]++;
        return ([.. Enumerable.Range(0, BinCount + 1).Select(i => Math.Round(low + i * width, 9))], counts);
    }
}
