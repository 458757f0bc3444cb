using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.ExSitu;

public class LevelStatisticsTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(ProgrammingMode.OneShot)]
    [InlineData(ProgrammingMode.Verify)]
    public void Levels_near_zero_have_the_statistics_of_devices_that_cannot_go_below_it(ProgrammingMode mode)
    {
        var card = new DeviceCard("wide", 1e-6, 100e-6, "test")
        {
            ProgrammingError = new GaussianProgrammingError(new SpreadPolynomial(1e-6, 9e-6)) { Source = "test" },
        };
        var options = new ProgrammingOptions { Mode = mode, Levels = LevelPlan.EquallySpaced(card, 5) };
        LevelStatistics levels = LevelStatistics.Of(card, options);
        const int Devices = 100_000;
        var siemens = new double[Devices];

        for (int level = 0; level < 5; level++)
        {
            double[] targets = [.. Enumerable.Repeat(levels.TargetSiemens[level], Devices)];
            ArrayProgrammer.Program(card, levels.Programming, targets, 1, $"level {level}", siemens);

            double mean = siemens.Average(), deviation = Math.Sqrt(siemens.Average(g => (g - mean) * (g - mean)));
            // Five standard errors of a mean, and of a deviation of a law no heavier than a normal one.
            Close.Numbers(mean, levels.MeanSiemens[level], 5 * deviation / Math.Sqrt(Devices), 0, $"mean of level {level}");
            Close.Numbers(deviation, levels.DeviationSiemens[level], 5 * deviation / Math.Sqrt(Devices), 0, $"deviation of level {level}");
        }
    }
}
