using CircuitSim.Export.Devices;
using CircuitSim.Export.Figures;
using CircuitSim.Mapping.Devices;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Devices;

[Trait("Kind", "property")]
public class ProgrammedFiguresTests
{
    private const int Count = 20_000;

    private static readonly ProgrammingOptions Options = new() { Mode = ProgrammingMode.OneShot, Rounding = LevelRounding.Nearest };
    private static readonly DeviceCard Card = PublishedCards.GenericWang;
    private static readonly double[] Targets = [.. Enumerable.Range(0, Count).Select(i => 1e-6 + 9e-6 * i / Count)];

    [Fact]
    public void The_scatter_holds_the_errors_of_a_regular_share_of_the_devices()
    {
        ScatterChart chart = ProgrammedFigures.Error(Targets, Programmed());

        Assert.Equal(4000, chart.XValues.Count);
        Assert.Equal(1e6 * (Programmed()[5] - Targets[5]), chart.YValues[1]);
    }

    [Fact]
    public void Every_device_is_in_the_histogram_and_every_level_is_a_peak()
    {
        HistogramChart chart = ProgrammedFigures.Conductances(Programmed(), 160);

        Assert.Equal(Count, chart.Counts.Sum());
        double[] levels = [.. Card.Levels.Select(g => 1e6 * g)];
        double width = chart.Edges[1] - chart.Edges[0], between = 0.5 * (levels[7] + levels[8]);
        // Four standard deviations apart, the middle between two levels has 2·exp(−2) = 0.27 of a peak.
        Assert.True(At(between) < 0.6 * At(levels[7]), $"{At(between)} between, {At(levels[7])} at the level");

        int At(double microsiemens) => Enumerable.Range(-1, 3).Sum(k => chart.Counts[(int)((microsiemens - chart.Edges[0]) / width) + k]);
    }

    [Fact]
    public void Expected_and_observed_errors_agree_group_by_group()
    {
        LineChart chart = ProgrammedFigures.ExpectedAgainstObserved(Card, Options, Targets, Programmed());

        Assert.Equal(16, chart.Series[0].YValues.Count);
        // 1250 devices a group: 2 % for a normal error, five of them.
        for (int i = 0; i < 16; i++) Close.Numbers(chart.Series[1].YValues[i], chart.Series[0].YValues[i], 0, 0.1);
    }

    private static double[] Programmed()
    {
        var siemens = new double[Count];
        ArrayProgrammer.Program(Card, Options, Targets, 3, "layer 1", siemens);
        return siemens;
    }
}
