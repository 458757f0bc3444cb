using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.ExSitu;

public class PairTransferTests
{
    private static readonly DeviceCard Card = PublishedCards.HfO2NineLevels;

    [Fact]
    [Trait("Kind", "closed form")]
    public void Two_levels_hold_weights_of_three_values()
    {
        PairTransfer transfer = PairTransfer.Create(Levels(LevelPlan.At([20e-6, 160e-6])), PairAssignment.Nearest);

        double scale = transfer.Scale([-2, 0.1, 1.2, 2]);
        WeightPairs pairs = transfer.Place([-2, 0.1, 1.2, 2], scale);
        var weights = new double[4];
        pairs.ToWeights(pairs.TargetSiemens.Span, weights);

        // The largest weight takes the whole difference of 140 µS; all others go to the nearer of 0 and that.
        Close.Numbers(140e-6 / 2, scale, 0, 1e-14);
        Close.Lists([-2, 0, 2, 2], weights, 1e-14);
        Assert.Equal([20e-6, 160e-6, 20e-6, 20e-6, 160e-6, 20e-6, 160e-6, 20e-6], pairs.TargetSiemens.ToArray());
        Assert.Equal(0, pairs.SaturatedCount);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(PairAssignment.Nearest)]
    [InlineData(PairAssignment.ScaleSearch)]
    [InlineData(PairAssignment.PairAware)]
    public void Each_weight_takes_the_pair_of_least_error_among_all(PairAssignment assignment)
    {
        LevelStatistics levels = Levels(LevelPlan.At(Card.Levels), readSeconds: 3600);
        PairTransfer transfer = PairTransfer.Create(levels, assignment);
        double[] weights = Weights(500);
        double scale = transfer.Scale(weights);

        ReadOnlySpan<double> targets = transfer.Place(weights, scale).TargetSiemens.Span;

        for (int k = 0; k < weights.Length; k++)
        {
            double least = double.PositiveInfinity;
            for (int p = 0; p < 9; p++)
                for (int n = 0; n < 9; n++) least = Math.Min(least, Error(weights[k] * scale, p, n));
            int positive = levels.TargetSiemens.ToList().IndexOf(targets[2 * k]), negative = levels.TargetSiemens.ToList().IndexOf(targets[2 * k + 1]);
            // Squares of conductances near 1e-4 S round at 1e-8·2⁻⁵³ S² at most, ten of them.
            Close.Numbers(least, Error(weights[k] * scale, positive, negative), 1e-23);
        }

        double Error(double wanted, int p, int n)
        {
            if (assignment != PairAssignment.PairAware)
                return p != 0 && n != 0 ? double.PositiveInfinity : Math.Pow(wanted - levels.TargetSiemens[p] + levels.TargetSiemens[n], 2);
            return Math.Pow(wanted - levels.MeanSiemens[p] + levels.MeanSiemens[n], 2) + Math.Pow(levels.DeviationSiemens[p], 2) + Math.Pow(levels.DeviationSiemens[n], 2);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Knowing_more_never_expects_a_larger_error()
    {
        double[] weights = Weights(4000);
        foreach (int count in new[] { 2, 4, 9 })
        {
            LevelStatistics levels = Levels(LevelPlan.EquallySpaced(Card, count), readSeconds: 86_400);
            double[] errors = [.. Enum.GetValues<PairAssignment>().Select(a =>
            {
                PairTransfer transfer = PairTransfer.Create(levels, a);
                return transfer.Place(weights, transfer.Scale(weights)).ExpectedRmsError;
            })];

            Assert.True(errors[1] < errors[0], $"{count} levels: scale search {errors[1]}, nearest {errors[0]}");
            Assert.True(errors[2] < errors[1], $"{count} levels: pair-aware {errors[2]}, scale search {errors[1]}");
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Programmed_weights_have_the_moments_that_the_law_lets_expect()
    {
        const int count = 40_000;
        LevelStatistics levels = Levels(LevelPlan.At(Card.Levels), readSeconds: 3600);
        PairTransfer transfer = PairTransfer.Create(levels, PairAssignment.PairAware);
        double scale = transfer.Scale([1]), wanted = 0.37;
        (double mean, double deviation) = transfer.Law(wanted, scale);
        WeightPairs pairs = transfer.Place([.. Enumerable.Repeat(wanted, count)], scale);
        double[] siemens = new double[pairs.DeviceCount], weights = new double[count];

        ProgrammingReport report = ArrayProgrammer.Program(Card, levels.Programming, pairs.TargetSiemens.Span, 3, "test", siemens);
        pairs.ToWeights(siemens, weights);

        double average = weights.Average(), variance = weights.Average(w => (w - average) * (w - average));
        // Four standard errors of a mean, and of a variance of nearly normal draws; levels are cut at 0 S, which moves the mean less than that.
        Close.Numbers(mean, average, 4 * deviation / Math.Sqrt(count));
        Close.Numbers(deviation * deviation, variance, 0, 4 * Math.Sqrt(2.0 / count) + 0.01);
        // Pulses of a device are geometric with a mean below 2, so that their deviation is below 2.
        Close.Numbers(pairs.ExpectedPulses, report.Pulses, 4 * 2 * Math.Sqrt(2 * count));
        Close.Numbers(Math.Sqrt((mean - wanted) * (mean - wanted) + deviation * deviation), pairs.ExpectedRmsError, 0, 1e-12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Iterations_of_placed_levels_are_those_of_the_placement()
    {
        PlacedLevels placed = LevelPlacement.Optimised(Card, new LevelPlacementOptions { LevelCount = 9, MisreadBound = 0.1, ReadSeconds = 3600, UseResetState = true });

        LevelStatistics levels = LevelStatistics.Of(Card, new ProgrammingOptions { Mode = ProgrammingMode.Verify, Levels = placed.Plan, MaximumPulses = 65_536 });

        Close.Lists([.. placed.ExpectedIterations], [.. levels.ExpectedPulses], 0, 1e-9);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void What_cannot_be_transferred_is_refused()
    {
        PairTransfer transfer = PairTransfer.Create(Levels(LevelPlan.At(Card.Levels)), PairAssignment.PairAware);

        Assert.Contains("All weights are 0", Assert.Throws<InvalidDesignException>(() => transfer.Scale([0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("A weight is NaN", Assert.Throws<InvalidDesignException>(() => transfer.Scale([1, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => transfer.Place([1], 0));
        Assert.Throws<MissingDevicePartException>(() => LevelStatistics.Of(PublishedCards.TaHfO2Li, new ProgrammingOptions { Mode = ProgrammingMode.OneShot, Levels = LevelPlan.EquallySpaced(PublishedCards.TaHfO2Li, 4) }));
        Assert.Throws<MissingDevicePartException>(() => LevelStatistics.Of(PublishedCards.HfO2Milo, new ProgrammingOptions { Mode = ProgrammingMode.OneShot }));
    }

    private static LevelStatistics Levels(LevelPlan plan, double? readSeconds = null) =>
        LevelStatistics.Of(Card, new ProgrammingOptions { Mode = ProgrammingMode.Verify, Levels = plan, ReadSeconds = readSeconds });

    private static double[] Weights(int count)
    {
        var random = new CounterRandom(1, "weights");
        return [.. Enumerable.Range(0, count).Select(i => random.Normal((ulong)i))];
    }
}
