using CircuitSim.Export.Runs;
using CircuitSim.Export.Sweep;
using CircuitSim.TestSupport;
using MathNet.Numerics.Statistics;

namespace CircuitSim.Export.Tests.Sweep;

public class SweepStatisticsTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void The_stop_rule_ends_at_the_first_chip_whose_interval_is_narrow_enough()
    {
        var random = new Random(1);
        ChipRecord[] chips = [.. Enumerable.Range(1, 400).Select(chip => Chips.Of(chip, random.Next(60, 100)))];
        var stop = new SweepStop { HalfWidthPercent = 1.5, Least = 10 };

        int end = SweepStopRule.End(stop, chips, null)!.Value;

        // The rule itself, by MathNet: 1.96·s/√k.
        double Half(int k) => 1.959963984540054 * chips.Take(k).Select(c => c.AccuracyPercent).StandardDeviation() / Math.Sqrt(k);
        Assert.InRange(end, 11, 399);
        Assert.True(Half(end) <= 1.5 && Half(end - 1) > 1.5);
        // Later chips do not matter, and too few do not end it.
        Assert.Equal(end, SweepStopRule.End(stop, chips[..end], null));
        Assert.Null(SweepStopRule.End(stop, chips[..(end - 1)], null));
        Assert.Null(SweepStopRule.End(null, chips, null));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void With_a_yield_limit_the_exact_interval_decides()
    {
        ChipRecord[] good = [.. Enumerable.Range(1, 200).Select(chip => Chips.Of(chip, 95))];
        var stop = new SweepStop { HalfWidthPercent = 5, Least = 2 };

        int end = SweepStopRule.End(stop, good, c => c.AccuracyPercent >= 90)!.Value;

        // k good ones of k: from 0.025^(1/k) to 1 (Clopper and Pearson), half of which is 5 % at k = 36.
        Assert.Equal(36, end);
        Assert.True(1 - Math.Pow(0.025, 1.0 / 36) <= 0.1 && 1 - Math.Pow(0.025, 1.0 / 35) > 0.1);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Quantiles_lie_between_order_statistics()
    {
        Distribution d = Distribution.Of([4.0, 0, 1, 3, 2])!;

        Assert.Equal((0.0, 1.0, 2.0, 3.0, 4.0), (d.Minimum, d.Quantile25, d.Quantile50, d.Quantile75, d.Maximum));
        // 0.05·4 of the way from the first to the second; one rounding.
        Close.Numbers(0.2, d.Quantile05, 1e-15);
        Close.Numbers(Math.Sqrt(2.5), d.StandardDeviation, 0, 1e-15);
        Assert.Null(Distribution.Of([]));
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(90, 90, true)]
    [InlineData(90, 89, false)]
    public void A_chip_that_just_meets_the_limit_is_good(double limit, int correct, bool isGood) =>
        Assert.Equal(isGood, SweepResults.Judge(new SweepYield { AccuracyPercent = limit }, 95)!(Chips.Of(1, correct)));

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_drop_is_taken_from_the_trained_network()
    {
        Func<ChipRecord, bool> isGood = SweepResults.Judge(new SweepYield { AccuracyDropPercent = 3 }, 95)!;

        Assert.True(isGood(Chips.Of(1, 92)));
        Assert.False(isGood(Chips.Of(1, 91)));
    }
}
