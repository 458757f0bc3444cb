using MathNet.Numerics.Distributions;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Exact confidence interval of a share, by Clopper and Pearson.</summary>
/// <remarks>C. J. Clopper, E. S. Pearson, Biometrika 26, 1934: the ends are quantiles of beta distributions.</remarks>
public static class ExactInterval
{
    /// <summary>Interval that covers the true share with at least the given confidence.</summary>
    /// <param name="successes">Successes, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials, at least 1.</param>
    /// <param name="confidence">Confidence, between 0 and 1, both excluded.</param>
    /// <returns>Lower and upper end as shares from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count or the confidence is out of range.</exception>
    public static (double Lower, double Upper) Share(int successes, int trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (confidence is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Between 0 and 1.");

        double tail = (1 - confidence) / 2;
        double lower = successes == 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, tail);
        double upper = successes == trials ? 1 : Beta.InvCDF(successes + 1, trials - successes, 1 - tail);
        return (lower, upper);
    }
}
