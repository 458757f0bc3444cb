using System.Globalization;
using Xunit.Sdk;

namespace CircuitSim.TestSupport;

/// <summary>Comparisons with a stated absolute and relative bound: |actual − expected| ≤ absolute + relative·|expected|.</summary>
public static class Close
{
    public static void Numbers(double expected, double actual, double absolute, double relative = 0, string what = "value")
    {
        double bound = absolute + relative * Math.Abs(expected);
        if (Math.Abs(actual - expected) <= bound) return;

        throw new XunitException(string.Create(CultureInfo.InvariantCulture,
            $"{what}: expected {expected:R}, got {actual:R}; they differ by {Math.Abs(actual - expected):R}, allowed {bound:R}."));
    }

    public static void Lists(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double absolute, double relative = 0, string what = "value")
    {
        if (expected.Length != actual.Length)
            throw new XunitException($"{what}: expected {expected.Length} numbers, got {actual.Length}.");
        for (int i = 0; i < expected.Length; i++) Numbers(expected[i], actual[i], absolute, relative, $"{what}[{i}]");
    }
}
