using CircuitSim.Circuit.Randomness;
using CircuitSim.TestSupport;
using CircuitSim.Training.Bayesian;

namespace CircuitSim.Training.Tests.Bayesian;

public sealed class QuantitySummaryTests
{
    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(-0.4)]
    public void Of_autoregressive_chains_finds_their_effective_sample_size(double correlation)
    {
        const int chains = 4, length = 20_000;
        double expected = chains * length * (1 - correlation) / (1 + correlation);

        QuantitySummary summary = QuantitySummary.Of([.. Enumerable.Range(0, chains).Select(c => Autoregressive(length, correlation, c))]);

        // The estimate's own error: about 4 % for the slowest of these chains over several seeds.
        Close.Numbers(expected, summary.BulkSampleSize, 0, 0.12);
        Close.Numbers(1 / Math.Sqrt(expected), summary.MeanStandardError, 0, 0.08);
        Assert.InRange(summary.RHat, 0.999, 1.005);
        Close.Numbers(-1.6449, summary.Lower, 0.1);
        Close.Numbers(1.6449, summary.Upper, 0.1);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Chains_at_different_places_are_noticed()
    {
        QuantitySummary summary = QuantitySummary.Of([Autoregressive(500, 0, 0), Array.ConvertAll(Autoregressive(500, 0, 1), v => v + 1)]);

        Assert.True(summary.RHat > 1.1);
        Assert.True(summary.BulkSampleSize < 50);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Chains_of_different_spread_are_noticed()
    {
        QuantitySummary summary = QuantitySummary.Of([Autoregressive(1000, 0, 0), Array.ConvertAll(Autoregressive(1000, 0, 1), v => 3 * v)]);

        Assert.True(summary.RHat > 1.05);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_constant_has_no_error()
    {
        QuantitySummary summary = QuantitySummary.Of([[2, 2, 2, 2], [2, 2, 2, 2]]);

        Assert.Equal((2, 0, 0, 1), (summary.Mean, summary.StandardDeviation, summary.MeanStandardError, summary.RHat));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Chains_of_different_lengths_are_refused() =>
        Assert.Throws<ArgumentException>(() => QuantitySummary.Of([[1, 2, 3, 4], [1, 2, 3]]));

    private static double[] Autoregressive(int length, double correlation, int chain)
    {
        var random = new CounterRandom(17, $"chain {chain}");
        var values = new double[length];
        values[0] = random.Normal(0);
        double rest = Math.Sqrt(1 - correlation * correlation);
        for (int i = 1; i < length; i++) values[i] = correlation * values[i - 1] + rest * random.Normal((ulong)i);
        return values;
    }
}
