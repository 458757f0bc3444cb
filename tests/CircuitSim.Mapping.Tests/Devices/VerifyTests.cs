using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Devices;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Devices;

[Trait("Kind", "property")]
public class VerifyTests
{
    private const int Count = 20_000;

    public static TheoryData<string> Cards => [.. PublishedCards.All.Where(c => c.ProgrammingError is not null).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cards))]
    public void Verify_accepts_nothing_outside_its_window_and_pulses_grow_as_the_window_shrinks(string name)
    {
        DeviceCard card = PublishedCards.Find(name)!;
        double target = card.Levels.Count > 0 ? card.Levels[card.Levels.Count / 2] : 0.5 * (card.MinimumSiemens + card.MaximumSiemens);
        double spread = card.ProgrammingError!.StandardDeviationSiemens(target);
        double[] targets = [.. Enumerable.Repeat(target, Count)], siemens = new double[Count];
        long before = Count;
        foreach (double width in (double[])[3, 1, 0.3, 0.1])
        {
            var options = new ProgrammingOptions { Mode = ProgrammingMode.Verify, AcceptanceSiemens = width * spread, MaximumPulses = 20 };

            ProgrammingReport report = ArrayProgrammer.Program(card, options, targets, 2, "a", siemens);

            Assert.Equal(report.GaveUpCount, siemens.Count(g => Math.Abs(g - target) > width * spread));
            Assert.True(report.Pulses > before, $"{report.Pulses} pulses at ±{width} standard deviations, {before} in the window before");
            // Pulses of a device: a geometric number cut at 20, whose standard deviation is below 7.
            Close.Numbers(report.ExpectedPulses, report.Pulses, 5 * 7 * Math.Sqrt(Count));
            // Errors inside the window are nearly uniform, those of the devices given up are few or normal: 5/√(2n) with a margin for kurtosis.
            Close.Numbers(report.ExpectedRmsErrorSiemens, report.RmsErrorSiemens, 0, 0.05);
            before = report.Pulses;
        }
    }

    [Fact]
    public void Bins_of_levels_are_acceptance_windows_too()
    {
        DeviceCard card = PublishedCards.HfO2NineLevels;
        LevelPlan plan = LevelPlan.At(card.Levels);
        double[] targets = [.. Enumerable.Range(0, Count).Select(i => 5e-6 + 155e-6 * i / (Count - 1))], siemens = new double[Count];
        var options = new ProgrammingOptions { Mode = ProgrammingMode.Verify, Rounding = LevelRounding.Nearest, MaximumPulses = 200 };

        ProgrammingReport report = ArrayProgrammer.Program(card, options, targets, 2, "a", siemens);

        Assert.Equal(0, report.GaveUpCount);
        for (int i = 0; i < Count; i++)
        {
            ConductanceBin bin = plan.Bins.MinBy(b => Math.Abs(b.TargetSiemens - targets[i]))!;
            Assert.InRange(siemens[i], bin.LowSiemens, bin.HighSiemens);
        }
    }

    [Fact]
    public void Energy_is_pulses_times_the_energy_of_one_and_absent_when_that_is_not_published()
    {
        DeviceCard card = PublishedCards.HfO2Milo;
        double[] targets = [.. Enumerable.Repeat(100e-6, 1000)];
        var options = new ProgrammingOptions { Mode = ProgrammingMode.Verify, AcceptanceRelative = 0.01 };

        ProgrammingReport none = ArrayProgrammer.Program(card, options, targets, 2, "a", new double[1000]);
        ProgrammingReport some = ArrayProgrammer.Program(card with { PulseEnergyJoules = 2e-12 }, options, targets, 2, "a", new double[1000]);

        Assert.Null(none.EnergyJoules);
        Assert.Equal(some.Pulses * 2e-12, some.EnergyJoules);
    }

    [Fact]
    public void Verifying_a_law_that_was_verified_already_is_said_to_be_a_model()
    {
        var verify = new ProgrammingOptions { Mode = ProgrammingMode.Verify, AcceptanceSiemens = 5e-6 };

        ProgrammingReport report = ArrayProgrammer.Program(PublishedCards.HfO2Milo, verify, [100e-6], 2, "a", new double[1]);

        Assert.Contains(report.Assumptions, a => a.Contains("authors' own program-and-verify", StringComparison.Ordinal));
    }

    [Fact]
    public void A_window_is_needed_and_only_one()
    {
        double[] one = [100e-6];
        foreach (ProgrammingOptions options in (ProgrammingOptions[])
            [new() { Mode = ProgrammingMode.Verify }, new() { Mode = ProgrammingMode.Verify, AcceptanceSiemens = 1e-6, AcceptanceRelative = 0.1 },
             new() { Mode = ProgrammingMode.Verify, AcceptanceSiemens = 0 }, new() { Mode = ProgrammingMode.Verify, AcceptanceSiemens = 1e-6, MaximumPulses = 0 }])
            Assert.Throws<InvalidDesignException>(() => ArrayProgrammer.Program(PublishedCards.HfO2Milo, options, one, 1, "a", new double[1]));
    }

    [Fact]
    public void Nearest_rounding_takes_the_nearest_level_and_stochastic_rounding_keeps_the_mean()
    {
        DeviceCard card = PublishedCards.GenericWang;
        double step = 9e-6 / 15, target = 1e-6 + 3.3 * step;
        double[] targets = [.. Enumerable.Repeat(target, Count)], siemens = new double[Count];

        ArrayProgrammer.Program(card, new ProgrammingOptions { Rounding = LevelRounding.Nearest }, targets, 1, "a", siemens);
        Assert.All(siemens, g => Close.Numbers(1e-6 + 3 * step, g, 0, 1e-12));

        ProgrammingReport report = ArrayProgrammer.Program(card, new ProgrammingOptions { Rounding = LevelRounding.Stochastic }, targets, 1, "a", siemens);
        // Five standard deviations of a share of 0.3 among 20 000.
        Close.Numbers(target, siemens.Average(), 5 * step * Math.Sqrt(0.3 * 0.7 / Count));
        Close.Numbers(step * Math.Sqrt(0.3 * 0.7), report.RmsErrorSiemens, 0, 0.02);
    }
}
