using CircuitSim.Mapping.Devices;
using CircuitSim.TestSupport;
using Xunit.Sdk;

namespace CircuitSim.Mapping.Tests.Devices;

/// <summary>100 000 devices of one target, and what statistics say of them.</summary>
internal sealed class Sample
{
    internal const int Count = 100_000;

    // Limits that a right sampler breaks once in 1e6 (five standard deviations) and once in 1e4 (Kolmogorov-Smirnov, 2·exp(−2·2.23²)).
    private const double Deviations = 5, KolmogorovLimit = 2.23;

    private readonly double[] _sorted;
    private readonly string _what;

    private Sample(double[] siemens, string what)
    {
        Array.Sort(siemens);
        _sorted = siemens;
        _what = what;
    }

    internal static Sample Of(DeviceCard card, double target, ProgrammingOptions options, ulong seed = 11)
    {
        double[] targets = new double[Count], siemens = new double[Count];
        Array.Fill(targets, target);
        ArrayProgrammer.Program(card, options, targets, seed, "sample", siemens);
        return new Sample(siemens, FormattableString.Invariant($"{card.Name} at {target:G4} S"));
    }

    internal double Mean => _sorted.Average();

    internal double Deviation
    {
        get
        {
            double mean = Mean;
            return Math.Sqrt(_sorted.Sum(g => (g - mean) * (g - mean)) / Count);
        }
    }

    // The sum of the mean meets 1e5 roundings of 1e-16.
    internal void HasMean(double expected) =>
        Close.Numbers(expected, Mean, Deviations * Deviation / Math.Sqrt(Count) + 1e-11 * expected, 0, $"mean of {_what}");

    /// <summary>The variance of a variance of n draws is (kurtosis − 1)/n of its square.</summary>
    internal void HasDeviation(double expected)
    {
        double mean = Mean, deviation = Deviation;
        double kurtosis = deviation == 0 ? 3 : _sorted.Average(g => Math.Pow((g - mean) / deviation, 4));
        Close.Numbers(expected, deviation, 1e-18, Deviations * 0.5 * Math.Sqrt((kurtosis - 1) / Count), $"standard deviation of {_what}");
    }

    internal void HasShareBelow(double siemens, double probability)
    {
        int below = Array.BinarySearch(_sorted, siemens);
        if (below < 0) below = ~below;
        Close.Numbers(
            probability, (double)below / Count, Deviations * Math.Sqrt(probability * (1 - probability) / Count), 0, $"share below the quantile of {probability} of {_what}");
    }

    /// <summary>Kolmogorov and Smirnov, over the draws above 0 S: those below were put there.</summary>
    internal void Follows(Func<double, double> cumulative)
    {
        double largest = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_sorted[i] <= 0) continue;
            double f = cumulative(_sorted[i]);
            largest = Math.Max(largest, Math.Max(Math.Abs(f - (double)i / Count), Math.Abs(f - (i + 1.0) / Count)));
        }

        if (largest * Math.Sqrt(Count) > KolmogorovLimit)
            throw new XunitException(FormattableString.Invariant($"{_what}: the distribution function is off by {largest:G4}; {KolmogorovLimit / Math.Sqrt(Count):G4} is allowed."));
    }
}
