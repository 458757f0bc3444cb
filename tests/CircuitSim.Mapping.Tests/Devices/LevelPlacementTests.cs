using System.Globalization;
using System.Text;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Devices;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Devices;

[Trait("Kind", "property")]
public class LevelPlacementTests
{
    private static readonly LevelPlacementOptions Nine = new() { LevelCount = 9, MisreadBound = 0.1, ReadSeconds = 3600, UseResetState = true };

    public static TheoryData<string, int, double?, double> Cases => new()
    {
        { "hfo2-nine-levels", 8, null, 0.01 },
        { "hfo2-nine-levels", 5, 3600, 0.02 },
        { "hfo2-milo", 8, null, 0.01 },
        { "neurram-wan", 4, 1, 0.01 },
        { "pcm-nandakumar", 4, 86_400, 0.01 },
        { "pcm-joshi", 6, null, 0.01 },
        { "cmo-hfox-coarse", 16, 3600, 0.01 },
        { "siox", 3, null, 0.01 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Optimised_bins_need_fewer_iterations_than_equal_ones_at_the_same_separability(string name, int levels, double? seconds, double bound)
    {
        DeviceCard card = PublishedCards.Find(name)!;
        var options = new LevelPlacementOptions { LevelCount = levels, MisreadBound = bound, ReadSeconds = seconds };

        PlacedLevels equal = LevelPlacement.EquallySpaced(card, options), optimised = LevelPlacement.Optimised(card, options);

        Assert.True(optimised.MeanIterations < equal.MeanIterations, $"{optimised.MeanIterations} against {equal.MeanIterations}");
        Assert.Equal(levels, optimised.Plan.Bins.Count);
        ReadsStayWithinTheBound(card, options, optimised);
        ReadsStayWithinTheBound(card, options, equal);
    }

    [Fact]
    [Trait("Kind", "golden")]
    public void The_derivation_states_what_the_code_gives()
    {
        var table = new StringBuilder("| card | levels | read after | misread bound | equal | optimised | saved |\n|---|---|---|---|---|---|---|\n");
        (string Card, int Levels, double? Seconds, double Bound, bool Reset)[] cases =
        [
            ("hfo2-nine-levels", 9, 3600, 0.1, true), ("hfo2-nine-levels", 5, 3600, 0.02, false), ("hfo2-nine-levels", 9, null, 0.01, true),
            ("hfo2-nine-levels", 8, null, 0.01, false), ("pcm-nandakumar", 4, 86_400, 0.01, false), ("cmo-hfox-coarse", 16, 3600, 0.01, false),
            ("siox", 3, null, 0.01, false), ("pcm-joshi", 6, null, 0.01, false), ("hfo2-milo", 8, null, 0.01, false), ("generic-wang", 16, null, 0.01, false),
        ];
        foreach (var c in cases)
        {
            DeviceCard card = PublishedCards.Find(c.Card)!;
            var options = new LevelPlacementOptions { LevelCount = c.Levels, MisreadBound = c.Bound, ReadSeconds = c.Seconds, UseResetState = c.Reset };
            double equal = LevelPlacement.EquallySpaced(card, options).MeanIterations, optimised = LevelPlacement.Optimised(card, options).MeanIterations;
            table.Append(CultureInfo.InvariantCulture, $"| `{c.Card}`{(c.Reset ? ", RESET state used" : "")} | {c.Levels} | {(c.Seconds is double t ? $"{t:G6} s" : "at once")} | {(c.Seconds is null ? "bins touch" : $"{c.Bound:G3}")} | {equal:F3} | {optimised:F3} | {100 * Math.Max(0, 1 - optimised / equal):F1} % |\n");
        }

        Golden.PartMatches("docs/derivations/level-placement.md", "placements", table.ToString());
    }

    [Fact]
    public void The_reset_state_gives_one_more_level_for_hardly_more_iterations()
    {
        DeviceCard card = PublishedCards.HfO2NineLevels;

        PlacedLevels with = LevelPlacement.Optimised(card, Nine);
        PlacedLevels without = LevelPlacement.Optimised(card, Nine with { UseResetState = false });

        Assert.Equal(9, with.Plan.Bins.Count);
        Assert.Equal(0, with.Plan.Bins[0].LowSiemens);
        Assert.Equal(5e-6, with.Plan.Bins[0].TargetSiemens);
        Assert.InRange(with.ExpectedIterations[0], 1, 1.5);
        Assert.True(with.MeanIterations < without.MeanIterations);
        ReadsStayWithinTheBound(card, Nine, with);
    }

    [Fact]
    public void Where_the_spread_is_the_same_everywhere_equal_bins_are_the_best()
    {
        var options = new LevelPlacementOptions { LevelCount = 16, MisreadBound = 0.01 };

        PlacedLevels equal = LevelPlacement.EquallySpaced(PublishedCards.GenericWang, options), optimised = LevelPlacement.Optimised(PublishedCards.GenericWang, options);

        // 1/p is convex in the width and the widths sum to the window: by Jensen's inequality equal widths are best, so nothing can be gained.
        Close.Numbers(equal.MeanIterations, optimised.MeanIterations, 0, 1e-9);
        // Bins of 9/16 µS around each level, σ = 9/64 µS: two standard deviations each way, p = erf(√2).
        Close.Numbers(1 / MathNet.Numerics.SpecialFunctions.Erf(Math.Sqrt(2)), equal.MeanIterations, 0, 1e-9);
    }

    [Fact]
    public void At_the_optimum_no_edge_can_be_moved_to_gain()
    {
        // Touching bins, no relaxation: d(1/p)/d(width) of all levels is one number. Milo's spread is a known function, so that it can be checked.
        PlacedLevels placed = LevelPlacement.Optimised(PublishedCards.HfO2Milo, new LevelPlacementOptions { LevelCount = 6, MisreadBound = 0.01 });

        for (int i = 0; i + 1 < placed.Plan.Bins.Count; i++)
            foreach (double move in (double[])[-2e-8, 2e-8])
            {
                ConductanceBin below = placed.Plan.Bins[i], above = placed.Plan.Bins[i + 1];
                double edge = below.HighSiemens + move;
                double moved = Iterations(below.LowSiemens, edge) + Iterations(edge, above.HighSiemens);
                double now = Iterations(below.LowSiemens, below.HighSiemens) + Iterations(above.LowSiemens, above.HighSiemens);
                // The optimiser's last step is 1e-3 of a coarse one of 1.1 µS, divided by 2^14: what is left to gain is of second order in it.
                Assert.True(moved > now - 1e-12, $"edge {i} moved by {move} S gains {now - moved}");
            }

        static double Iterations(double low, double high)
        {
            double centre = 0.5 * (low + high), deviation = PublishedCards.HfO2Milo.ProgrammingError!.StandardDeviationSiemens(centre);
            return 1 / MathNet.Numerics.SpecialFunctions.Erf((high - low) / (2 * Math.Sqrt(2) * deviation));
        }
    }

    [Fact]
    public void Expected_iterations_are_the_pulses_that_programming_takes()
    {
        DeviceCard card = PublishedCards.HfO2NineLevels;
        PlacedLevels placed = LevelPlacement.Optimised(card, Nine);
        double[] targets = [.. Enumerable.Range(0, 90_000).Select(i => placed.Plan.Bins[i % 9].TargetSiemens)];
        var options = new ProgrammingOptions { Mode = ProgrammingMode.Verify, Levels = placed.Plan, Rounding = LevelRounding.Nearest, MaximumPulses = 10_000 };

        ProgrammingReport report = ArrayProgrammer.Program(card, options, targets, 4, "a", new double[90_000]);

        Assert.Equal(0, report.GaveUpCount);
        // Geometric numbers with a mean of about 5: standard deviation below 1.5 times the mean, five of them over 90 000 devices.
        Close.Numbers(placed.MeanIterations, report.Pulses / 90_000.0, 0, 5 * 1.5 / 300);
    }

    [Fact]
    public void Levels_that_overlap_are_refused_with_the_number_that_fits()
    {
        var e = Assert.Throws<InvalidDesignException>(() => LevelPlacement.Optimised(PublishedCards.HfO2NineLevels, Nine with { MisreadBound = 0.001, LevelCount = 9 }));

        Assert.Matches("9 separable levels cannot be told apart with a misread bound of 0.001 3600 s after programming; at most [2-8] can", e.Message);
        Assert.Throws<MissingDevicePartException>(() => LevelPlacement.Optimised(PublishedCards.HfO2Milo, Nine with { ReadSeconds = null }));
        Assert.Throws<InvalidDesignException>(() => new LevelPlan([new(2e-6, 1e-6, 3e-6), new(4e-6, 2.5e-6, 5e-6)]));
    }

    /// <summary>Devices at the edges of their bins, read as the options say, against the thresholds.</summary>
    private static void ReadsStayWithinTheBound(DeviceCard card, LevelPlacementOptions options, PlacedLevels placed)
    {
        double deviations = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, options.MisreadBound);
        for (int i = 0; i < placed.ThresholdSiemens.Count; i++)
        {
            double threshold = placed.ThresholdSiemens[i];
            ConductanceBin below = placed.Plan.Bins[i], above = placed.Plan.Bins[i + 1];
            double up = Read(below.TargetSiemens, below.HighSiemens, -deviations), down = Read(above.TargetSiemens, above.LowSiemens, deviations);
            // Rounding of the halvings and of the mean of two ends.
            Assert.True(up <= threshold * (1 + 1e-12) && down >= threshold * (1 - 1e-12), $"threshold {i}: {up} and {down} about {threshold}");
        }

        double Read(double target, double programmed, double normal)
        {
            if (options.ReadSeconds is not double seconds) return programmed;
            (double mean, double variance) = card.Drift!.After(target, programmed, 0, seconds);
            return mean + normal * Math.Sqrt(variance);
        }
    }
}
