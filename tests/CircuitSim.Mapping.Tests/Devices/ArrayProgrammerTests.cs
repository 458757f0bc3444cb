using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Devices;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Devices;

[Trait("Kind", "property")]
public class ArrayProgrammerTests
{
    private static readonly ProgrammingOptions OneShot = new() { Mode = ProgrammingMode.OneShot };

    [Fact]
    public void Ideal_programming_changes_nothing_and_costs_nothing()
    {
        double[] targets = Targets(PublishedCards.HfO2Milo, 100), siemens = new double[100];

        ProgrammingReport report = ArrayProgrammer.Program(PublishedCards.HfO2Milo, new ProgrammingOptions(), targets, 1, "layer 1", siemens);

        Assert.Equal(targets, siemens);
        Assert.Equal((0L, 0.0, 0.0, 0), (report.Pulses, report.RmsErrorSiemens, report.ExpectedRmsErrorSiemens, report.GaveUpCount));
    }

    [Fact]
    public void A_device_gets_the_same_conductance_alone_in_any_company_and_in_any_order()
    {
        double[] targets = Targets(PublishedCards.HfO2Milo, 1000), all = new double[1000], first = new double[10], again = new double[1000];

        ArrayProgrammer.Program(PublishedCards.HfO2Milo, OneShot, targets, 7, "layer 1", all);
        ArrayProgrammer.Program(PublishedCards.HfO2Milo, OneShot, targets.AsSpan(0, 10), 7, "layer 1", first);
        ArrayProgrammer.Program(PublishedCards.HfO2Milo, OneShot, targets, 7, "layer 2", again);

        Assert.Equal(all[..10], first);
        Assert.DoesNotContain(all.Zip(again), p => p.First == p.Second);
    }

    [Fact]
    public void The_error_that_was_expected_is_the_error_that_is_found()
    {
        foreach (DeviceCard card in PublishedCards.All.Where(c => c.ProgrammingError is not null))
        {
            double[] targets = Targets(card, 40_000), siemens = new double[40_000];

            ProgrammingReport report = ArrayProgrammer.Program(card, OneShot, targets, 3, "array", siemens);

            // The relative deviation of an rms of n normal values is 1/√(2n) = 0.35 %; five of them, and half as much again for longer tails.
            Close.Numbers(report.ExpectedRmsErrorSiemens, report.RmsErrorSiemens, 0, 0.027, card.Name);
        }
    }

    [Theory]
    [InlineData("programming error")]
    [InlineData("drift or relaxation")]
    [InlineData("read noise")]
    [InlineData("table of levels")]
    public void What_a_card_lacks_is_an_error_that_names_cards_that_have_it(string part)
    {
        ProgrammingOptions options = part switch
        {
            "programming error" => OneShot,
            "drift or relaxation" => new ProgrammingOptions { ReadSeconds = 100 },
            "read noise" => new ProgrammingOptions { IncludeReadNoise = true },
            _ => new ProgrammingOptions { Rounding = LevelRounding.Nearest },
        };
        var bare = new DeviceCard("bare", 1e-6, 2e-6, "none");

        var e = Assert.Throws<MissingDevicePartException>(() => ArrayProgrammer.Program(bare, options, [1e-6], 1, "layer 1", new double[1]));

        Assert.Equal(("bare", part), (e.Card, e.Part));
        Assert.Contains("Cards that have one: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_outside_the_window_are_all_counted_and_refused()
    {
        var e = Assert.Throws<InvalidDesignException>(
            () => ArrayProgrammer.Program(PublishedCards.HfO2Milo, OneShot, [60e-6, 40e-6, double.NaN, 300e-6], 1, "layer 2", new double[4]));

        Assert.Equal(3, e.Violations.Count);
        Assert.Contains("Device 2 has the target 4E-05 S; the window is 5E-05 to 0.000225 S", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1, 1.1, 0)]
    [InlineData(-0.1, 0, 0)]
    [InlineData(0.5, 0.4, 0.2)]
    [InlineData(double.NaN, 0, 0)]
    public void Fault_rates_are_shares(double low, double high, double anywhere) =>
        Assert.Throws<InvalidDesignException>(() => new FaultRates(low, high, anywhere));

    [Fact]
    public void Faults_come_at_their_rates_and_keep_their_place_under_another_way_of_programming()
    {
        DeviceCard card = PublishedCards.HfO2Milo;
        var faults = new FaultRates(0.05, 0.02, 0.03);
        double[] targets = Targets(card, 100_000), ideal = new double[100_000], oneShot = new double[100_000];

        ProgrammingReport report = ArrayProgrammer.Program(card, new ProgrammingOptions { Faults = faults }, targets, 5, "a", ideal);
        ProgrammingReport again = ArrayProgrammer.Program(card, OneShot with { Faults = faults }, targets, 5, "a", oneShot);

        // Five standard deviations of a binomial count of 100 000 at 5 %, 2 % and 3 %.
        Close.Numbers(5000, report.StuckLow, 345);
        Close.Numbers(2000, report.StuckHigh, 222);
        Close.Numbers(3000, report.StuckAnywhere, 270);
        Assert.Equal((report.StuckLow, report.StuckHigh, report.StuckAnywhere), (again.StuckLow, again.StuckHigh, again.StuckAnywhere));
        for (int i = 0; i < targets.Length; i++)
            if (ideal[i] != targets[i]) Assert.Equal(ideal[i], oneShot[i]);
        // The squares of the stuck devices dominate; their number varies by 1 % and their size by less.
        Close.Numbers(report.ExpectedRmsErrorSiemens, report.RmsErrorSiemens, 0, 0.02);
    }

    private static double[] Targets(DeviceCard card, int count) =>
        [.. Enumerable.Range(0, count).Select(i => card.MinimumSiemens + (card.MaximumSiemens - card.MinimumSiemens) * ((i + 0.5) / count))];
}
