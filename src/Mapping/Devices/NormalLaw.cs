using MathNet.Numerics;

namespace CircuitSim.Mapping.Devices;

/// <summary>What is needed of the normal distribution: distribution function, quantiles, and moments inside an interval.</summary>
internal static class NormalLaw
{
    private static readonly double InverseRootTwoPi = 1 / Math.Sqrt(2 * Math.PI);

    public static double Density(double z) => InverseRootTwoPi * Math.Exp(-0.5 * z * z);

    public static double Cumulative(double z) => 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2);

    /// <summary>P(low ≤ Z ≤ high), without cancellation in the upper tail.</summary>
    public static double Between(double low, double high) =>
        low > 0 ? Cumulative(-low) - Cumulative(-high) : Cumulative(high) - Cumulative(low);

    public static double Quantile(double probability) => -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * probability);

    /// <summary>Moments of a normal value inside an interval.</summary>
    public static PartialMoments Inside(double mean, double deviation, double low, double high)
    {
        if (deviation == 0) return mean >= low && mean <= high ? new(1, mean, mean * mean) : default;

        double a = (low - mean) / deviation, b = (high - mean) / deviation;
        double densityA = Density(a), densityB = Density(b);
        double probability = Between(a, b);
        double first = densityA - densityB;
        double second = probability + (double.IsInfinity(a) ? 0 : a * densityA) - (double.IsInfinity(b) ? 0 : b * densityB);
        return new(
            probability,
            mean * probability + deviation * first,
            mean * mean * probability + 2 * mean * deviation * first + deviation * deviation * second);
    }
}
