using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.Tests.InSitu;

/// <summary>What devices make of requests, against n·m(w) + √n·e(u, w) with n = request/A.</summary>
public class UpdateStatisticsTests
{
    private const int Draws = 100_000;

    public static TheoryData<string> Technologies => [.. InSituDevices.Names];

    [Theory]
    [Trait("Kind", "closed form")]
    [MemberData(nameof(Technologies))]
    public void Mean_and_variance_of_updates_scale_with_the_request(string name)
    {
        InSituDevice device = InSituDevices.Open(name);
        UpdateTable table = device.Standard;
        var options = new CoreOptions();
        var array = new DeviceArray(Draws, UpdateRule.Create(device, options), options, 7, name);
        double unit = Unit(table, options);
        int last = table.Conductance.Length - 1;
        double[] request = [.. Enumerable.Repeat(1.0, Draws)], real = new double[Draws];
        foreach (double place in new[] { 0.1, 0.3, 0.5, 0.7, 0.9 })
        {
            int state = (int)Math.Round(place * last);
            foreach (double pulses in new[] { 0.01, 0.3, 2 })
            {
                foreach (PulseStatistics pulse in new[] { table.Increasing, table.Decreasing })
                {
                    array.Fill(table.Conductance.Span[state] / unit);
                    array.Update(request, pulses * pulse.WindowMean / unit, real);

                    double mean = real.Average(), square = real.Average(r => (r - mean) * (r - mean));
                    double fourth = real.Average(r => (r - mean) * (r - mean) * (r - mean) * (r - mean));
                    double expected = pulses * pulse.Mean.Span[state] / unit, deviation = Math.Sqrt(pulses) * pulse.Deviation.Span[state] / unit;
                    string what = $"{name}, state {state}, {pulses} pulses of {pulse.WindowMean:G3} S";

                    // Five standard errors of mean and variance; rounding of about 1e-16 where there is no noise.
                    Close.Numbers(expected, mean, 5 * deviation / Math.Sqrt(Draws) + 1e-15, what: $"mean of {what}");
                    Close.Numbers(deviation * deviation, square, 5 * Math.Sqrt(Math.Max(fourth - square * square, 0) / Draws) + 1e-30, what: $"variance of {what}");
                }
            }
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Multi_mode_divides_by_the_step_over_the_whole_range_of_the_device()
    {
        InSituDevice device = InSituDevices.Open("taox");
        var options = new CoreOptions { Mode = UpdateMode.Multi, IgnoreNoise = true };
        UpdateRule rule = UpdateRule.Create(device, options);
        double low = device.Population.Min(t => t.MinimumConductance), high = device.Population.Max(t => t.MaximumConductance);
        double unit = low + 0.9 * (high - low);
        for (int k = 0; k < device.Population.Count; k++)
        {
            UpdateTable table = device.Population[k];
            double state = table.Conductance.Span[40] / unit, request = 0.001;

            Close.Numbers(
                request * table.Increasing.Mean.Span[40] / table.Increasing.WholeMean, rule.Change(request, state, k, 0.3), 1e-15, 1e-9, $"device {k}");
            Close.Numbers(table.MinimumConductance / unit, rule.Limits(k).Low, 1e-15);
            Close.Numbers(table.MaximumConductance / unit, rule.Limits(k).High, 1e-15);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Numeric_mode_does_exactly_what_is_asked_within_its_window()
    {
        var options = new CoreOptions { Mode = UpdateMode.Numeric };
        var array = new DeviceArray(3, UpdateRule.Create(InSituDevices.Open("taox"), options), options, 1, "test");
        array.Fill(0.55);
        array.Update([0.125, -0.25, 3], 1);

        Assert.Equal([0.55 + 0.125, 0.55 - 0.25, 1], array.States.ToArray());
        array.Update([0, -5, 0], 1);
        Assert.Equal([0.55 + 0.125, 0.1, 1], array.States.ToArray());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Noise_and_nonlinearity_can_be_left_out()
    {
        InSituDevice device = InSituDevices.Open("enode");
        UpdateTable table = device.Standard;
        double unit = Unit(table, new CoreOptions()), state = table.Conductance.Span[24] / unit, request = 0.003;
        double n = request / (table.Increasing.WindowMean / unit), mean = table.Increasing.Mean.Span[24] / unit;

        double quiet = UpdateRule.Create(device, new CoreOptions { IgnoreNoise = true }).Change(request, state, 0, 0.9);
        double linear = UpdateRule.Create(device, new CoreOptions { IgnoreNonlinearity = true }).Change(request, state, 0, 0.9);
        double ideal = UpdateRule.Create(device, new CoreOptions { IgnoreNoise = true, IgnoreNonlinearity = true }).Change(request, state, 0, 0.9);
        double full = UpdateRule.Create(device, new CoreOptions()).Change(request, state, 0, 0.9);

        Close.Numbers(n * mean, quiet, 1e-15, what: "without noise");
        Close.Numbers(request, ideal, 1e-15, what: "ideal");
        // Noise of √n pulses, and of √(request/m) calibrated ones.
        Close.Numbers((full - quiet) / Math.Sqrt(n), (linear - request) / Math.Sqrt(request / mean), 1e-13, what: "noise of one pulse");
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Levels_round_to_the_nearest_or_keep_the_mean_at_random()
    {
        InSituDevice device = InSituDevices.Open("dwmtj-stt-0k");
        var nearest = new CoreOptions { Mode = UpdateMode.Numeric, Levels = 10 };
        var array = new DeviceArray(2, UpdateRule.Create(device, nearest), nearest, 1, "nearest");
        array.Fill(0.1);
        array.Update([0.24, 0], 1);

        // Levels 0.1 apart from 0.1 to 1.
        Close.Numbers(0.3, array.States[0], 1e-15);
        Assert.Equal(0.1, array.States[1]);

        CoreOptions random = nearest with { HasStochasticLevels = true };
        array = new DeviceArray(Draws, UpdateRule.Create(device, random), random, 1, "random");
        array.Fill(0.1);
        array.Update([.. Enumerable.Repeat(0.24, Draws)], 1);

        // Five standard errors of a mean of two levels 0.1 apart with p = 0.4.
        Close.Numbers(0.34, array.States.ToArray().Average(), 5 * 0.1 * Math.Sqrt(0.24 / Draws));
        Assert.Equal(2, array.States.ToArray().Select(s => Math.Round(s, 9)).Distinct().Count());
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void CrossSims_vectorised_lookup_reads_other_tables_and_freezes_devices_beyond_the_window()
    {
        InSituDevice device = FullTables.Device("DWMTJ_SOT_300K", "dwmtj-sot-300k");
        var options = new CoreOptions { Mode = UpdateMode.Multi, Lookup = MultiLookup.CrossSimVectorized, IgnoreNoise = true };
        UpdateRule rule = UpdateRule.Create(device, options), plain = UpdateRule.Create(device, options with { Lookup = MultiLookup.PerDevice });
        UpdateTable table = device.Population[3];
        double unit = rule.UnitSiemens, low = table.MinimumConductance / unit, step = table.Range / unit / (table.Conductance.Length - 1);

        // x = place + ½: for places just short of a half, frac(x) is close to 1 and the mean is that of table k + N − 1 one row on, which is k − 1.
        double state = low + 40.47 * step;
        UpdateTable other = device.Population[(3 + (int)(device.Population.Count * 0.97)) % device.Population.Count];
        double expected = 0.001 / table.Increasing.WholeMean * other.Increasing.Mean.Span[41];
        Close.Numbers(expected, rule.Change(0.001, state, 3, 0.5), 1e-15, 1e-9);
        Assert.NotEqual(rule.Change(0.001, state, 3, 0.5), plain.Change(0.001, state, 3, 0.5));

        Assert.Equal(0, rule.Change(0.001, 1.01, 3, 0.5));
        Assert.NotEqual(0, plain.Change(0.001, 1.01, 3, 0.5));
        Assert.Throws<InvalidDesignException>(() => UpdateRule.Create(InSituDevices.Open("dwmtj-sot-300k"), options));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Unequal_axes_are_searched_to_the_right_interval()
    {
        double[] points = [0, 0.001, 0.01, 0.3, 0.31, 0.9, 1];
        var axis = new LookupAxis(points);
        for (int k = -10; k <= 1010; k++)
        {
            double value = k / 1000.0, x = Math.Clamp(value, 0, 1);
            int at = axis.Locate(value, out double share);
            Assert.InRange(at, 0, points.Length - 2);
            Close.Numbers(x, points[at] + share * (points[at + 1] - points[at]), 1e-15);
            Assert.InRange(share, 0, 1);
        }
    }

    private static double Unit(UpdateTable table, CoreOptions options) => table.MinimumConductance + options.WindowHigh * table.Range;
}
