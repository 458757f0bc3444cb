using MathNet.Numerics.Statistics;

namespace CircuitSim.Export.Sweep;

/// <summary>A quantity over the chips of a point: mean, standard deviation and quantiles, in the unit of the quantity.</summary>
public sealed record Distribution
{
    /// <summary>Mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation over chips; 0 for one chip.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Smallest value.</summary>
    public required double Minimum { get; init; }

    /// <summary>5 % quantile.</summary>
    public required double Quantile05 { get; init; }

    /// <summary>25 % quantile.</summary>
    public required double Quantile25 { get; init; }

    /// <summary>Median.</summary>
    public required double Quantile50 { get; init; }

    /// <summary>75 % quantile.</summary>
    public required double Quantile75 { get; init; }

    /// <summary>95 % quantile.</summary>
    public required double Quantile95 { get; init; }

    /// <summary>Largest value.</summary>
    public required double Maximum { get; init; }

    /// <summary>Describes some values; quantiles are interpolated between order statistics (Hyndman and Fan 1996, definition 7).</summary>
    internal static Distribution? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return null;
        (double mean, double variance) = sorted.MeanVariance();
        return new Distribution
        {
            Mean = mean,
            StandardDeviation = sorted.Length > 1 ? Math.Sqrt(variance) : 0,
            Minimum = sorted[0],
            Quantile05 = At(0.05),
            Quantile25 = At(0.25),
            Quantile50 = At(0.5),
            Quantile75 = At(0.75),
            Quantile95 = At(0.95),
            Maximum = sorted[^1],
        };

        double At(double share) => SortedArrayStatistics.QuantileCustom(sorted, share, QuantileDefinition.R7);
    }
}
