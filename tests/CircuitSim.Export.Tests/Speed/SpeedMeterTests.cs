using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Export.Runs;
using CircuitSim.Export.Speed;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Speed;

public class SpeedMeterTests
{
    private static readonly SpeedSettings Settings = new() { HoldSeconds = 100e-9, SegmentFarads = 0.2e-15 };

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_signal_that_charges_through_a_resistor_takes_ln_10_time_constants()
    {
        const double tau = 1e-9, final = 0.2;
        double[] times = [.. Enumerable.Range(0, 20001).Select(i => 1e-12 * i)];
        double[] volts = [.. times.Select(t => final * (1 - Math.Exp(-t / tau)))];

        double crossing = SpeedMeter.LastCrossing(times, volts, 0, times[^1], final);

        // Straight lines between points 1 ps apart leave (Δt/τ)²/8 of the slope.
        Close.Numbers(tau * Math.Log(10), crossing, absolute: 1e-15);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Only_the_last_time_outside_the_band_counts_and_a_signal_inside_has_no_delay()
    {
        double[] times = [0, 1, 2, 3, 4, 5], ringing = [0, 1, 0.5, 1.2, 1, 1], quiet = [0.95, 1.05, 1, 1, 1, 1];

        // From 1.2 down to 1.1, the edge of the band, is half the way of the fourth interval.
        Close.Numbers(3.5, SpeedMeter.LastCrossing(times, ringing, 0, 5, 1), absolute: 1e-15);
        Assert.Equal(0, SpeedMeter.LastCrossing(times, quiet, 0, 5, 1));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Every_segment_and_gate_is_counted_once_and_rails_are_left_out()
    {
        const double word = 1e-15, bit = 3e-15, gate = 10e-15;
        NetworkCircuit circuit = Network([2, 3, 2]);

        double farads = Elaborator.Elaborate(circuit, [0.1, 0.2], new ElaborationOptions
        {
            Capacitances = new NetworkCapacitances { WordLineSegmentFarads = word, BitLineSegmentFarads = bit, GateFarads = gate },
        }).Elements.OfType<Capacitor>().Sum(c => c.Farads);

        int crossPoints = 6 * 3 + 8 * 2, neurons = 3 + 2, bitLinesOnRails = 2 * 2;
        // Rounding of sums of some forty terms.
        Close.Numbers(crossPoints * (word + bit) - bitLinesOnRails * word / 2 + 2 * neurons * gate, farads, absolute: 0, relative: 1e-13);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Samples_that_are_alike_have_no_delay_and_cost_their_static_power()
    {
        SpeedReport report = Measure(Network([2, 3, 2]), [0.1, -0.2, 0.1, -0.2], Settings);

        Assert.Equal(0, report.WorstDelaySeconds);
        // The operating point is found to 1e-12 relative, and energy adds up a hundred steps of it.
        Close.Numbers(report.StaticPowerWatts, report.MeanPowerWatts, absolute: 0, relative: 1e-9);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Twice_the_capacitance_takes_twice_the_time()
    {
        // Edges are short against the delay; what they leave is below a percent.
        SpeedSettings twice = Settings with { SegmentFarads = 2 * Settings.SegmentFarads, GateFarads = 2 * CapacitanceValues.ShippedGateFarads };
        double[] inputs = [0.2, -0.2, -0.2, 0.2];

        double once = Measure(Network([2, 3, 2]), inputs, Settings).WorstDelaySeconds;

        Close.Numbers(2 * once, Measure(Network([2, 3, 2]), inputs, twice).WorstDelaySeconds, absolute: 0, relative: 0.01);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_sample_held_too_short_is_refused_and_says_what_to_do()
    {
        var e = Assert.Throws<InvalidDesignException>(() => Measure(Network([2, 3, 2]), [0.2, -0.2, -0.2, 0.2], Settings with { HoldSeconds = 0.5e-9 }));

        Assert.Contains("hold_seconds", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Delay_and_energy_agree_with_ngspice_within_one_percent()
    {
        Ngspice.SkipUnlessInstalled();
        NgspiceEngine ngspice = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;

        SpeedComparison comparison = Measure(Network([2, 3, 2]), [0.2, -0.1, -0.2, 0.2, 0.05, 0.15], Settings, ngspice).Comparison!;

        Assert.True(comparison.Passed, comparison.ToString());
        Assert.InRange(comparison.DelayDifferencePercent, 0, 1);
        Assert.InRange(comparison.EnergyDifferencePercent, 0, 1);
    }

    private static SpeedReport Measure(NetworkCircuit circuit, double[] inputs, SpeedSettings settings, NgspiceEngine? ngspice = null)
    {
        CapacitanceValues values = CapacitanceValues.Of(settings, new CircuitSettings());
        return SpeedMeter.Measure(new SampleSequence(circuit, values.Farads, inputs, settings.EdgeSeconds), values, settings, ngspice, ngspice?.Version, CancellationToken.None);
    }

    private static NetworkCircuit Network(int[] sizes)
    {
        var random = new CounterRandom(7, "speed test");
        var layers = new List<LayerCircuit>();
        ulong draw = 0;
        for (int l = 1; l < sizes.Length; l++)
        {
            int wordLines = 2 * sizes[l - 1] + 2;
            double[] siemens = [.. Enumerable.Range(0, wordLines * sizes[l]).Select(_ => 0.12e-6 * (1 + 7.33 * random.Uniform(draw++)))];
            layers.Add(new LayerCircuit(new CrossbarSpec(wordLines, sizes[l], siemens, 2.5, 2.5, bitLineEnd: BitLineEnd.Open)));
        }

        return new NetworkCircuit(0.5, InverterModel.EkvPhax90, layers);
    }
}
