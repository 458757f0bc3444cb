using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.Tests.InSitu;

public class CoreTests
{
    private static readonly double[] Weights = [0.5, -1, 0.25, 0, 0.75, -0.125];

    public static TheoryData<CoreKind, UpdateMode> Cores
    {
        get
        {
            var data = new TheoryData<CoreKind, UpdateMode>();
            foreach (CoreKind kind in Enum.GetValues<CoreKind>())
                foreach (UpdateMode mode in Enum.GetValues<UpdateMode>()) data.Add(kind, mode);
            return data;
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [MemberData(nameof(Cores))]
    public void Programmed_weights_read_back_forwards_and_transposed(CoreKind kind, UpdateMode mode)
    {
        CrossbarCore core = Core(new CoreOptions { Kind = kind, Mode = mode });
        core.Program(Weights);
        double[] y = new double[2], back = new double[3];

        core.Read([1, 2, -1], y);
        core.ReadTransposed([2, -1], back);

        Close.Lists(Weights, core.Weights, 1e-12, what: "weights");
        Close.Lists([0.5 - 2 - 0.25, 1.5 + 0.125], y, 1e-12, what: "sums");
        Close.Lists([1.0, -2 - 0.75, 0.5 + 0.125], back, 1e-12, what: "transposed sums");
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(CoreKind.Balanced)]
    [InlineData(CoreKind.BalancedOneSided)]
    [InlineData(CoreKind.Offset)]
    public void Numeric_updates_are_exact_to_rounding(CoreKind kind)
    {
        CrossbarCore core = Core(new CoreOptions { Kind = kind, Mode = UpdateMode.Numeric }, weightLimit: 2);
        core.Program(Weights);
        double[] p = [0.1, -0.2], x = [1, -0.5, 2], u = [0.3, 0, -0.6, 0.1, -0.9, 0.2];

        core.UpdateRankOne(p, x, 0.5);
        core.Update(u, 0.25);

        double[] expected = [.. Weights.Select((w, k) => w + 0.5 * p[k / 3] * x[k % 3] + 0.25 * u[k])];
        Close.Lists(expected, core.Weights, 1e-14, what: "weights");
    }

    [Fact]
    [Trait("Kind", "property")]
    public void One_device_of_a_one_sided_pair_stays_at_the_end_of_the_window()
    {
        CrossbarCore core = Core(new CoreOptions { Kind = CoreKind.BalancedOneSided, Mode = UpdateMode.Numeric }, weightLimit: 2);
        core.Program(Weights);
        core.Update([-1, 1.5, 0, 0.2, -1, 0.3], 1);

        for (int k = 0; k < Weights.Length; k++)
            Close.Numbers(0.1, Math.Min(core.Positive.States[k], core.Negative!.States[k]), 1e-15);
        Close.Lists([-0.5, 0.5, 0.25, 0.2, -0.25, 0.175], core.Weights, 1e-14);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Weights_stop_at_the_hard_limits()
    {
        CrossbarCore numeric = Core(new CoreOptions { Mode = UpdateMode.Numeric }, weightLimit: 2);
        numeric.Program([9, -9, 0, 0, 0, 0]);
        CrossbarCore table = Core(new CoreOptions { Mode = UpdateMode.Standard }, weightLimit: 2);
        table.Program([9, -9, 0, 0, 0, 0]);

        // Numeric devices end with the window; those of a table go on to the ends of their range: 0.5 R over 0.4 R.
        Close.Lists([2, -2, 0, 0, 0, 0], numeric.Weights, 1e-13);
        Close.Lists([2.5, -2.5, 0, 0, 0, 0], table.Weights, 1e-13);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Converters_cut_and_round_to_an_odd_number_of_levels()
    {
        var four = new Quantizer(-1, 1, 3);

        Assert.Equal(7, four.LevelCount);
        Assert.Equal(0, four.Convert(0.1));
        Close.Numbers(1.0 / 3, four.Convert(0.3), 1e-15);
        Assert.Equal(1, four.Convert(7));
        Assert.Equal(-1, four.Convert(-7));

        CrossbarCore core = Core(new CoreOptions { Mode = UpdateMode.Numeric, Converters = ConverterOptions.Sigmoid });
        core.Program(Weights);
        double[] y = new double[2];
        core.Read([1, 1, 1], y);
        foreach ((double actual, double exact) in y.Zip([-0.25, 0.625])) Close.Numbers(exact, actual, 6.0 / 126 + 1e-12);
        Assert.All(y, v => Close.Numbers(Math.Round(v * 126 / 12) * 12 / 126, v, 1e-12));

        InvalidDesignException error = Assert.Throws<InvalidDesignException>(() => Core(new CoreOptions
        {
            WindowLow = 0.9,
            WindowHigh = 0.2,
            Levels = 1,
            Converters = ConverterOptions.Relu with { RowUpdate = new Quantizer(1, 1, 40) },
            Carry = new CarryOptions { Digits = 1 },
        }));
        Assert.Equal(5, error.Violations.Count);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(CarryProgramming.Exact)]
    [InlineData(CarryProgramming.Calibrated)]
    [InlineData(CarryProgramming.Blind)]
    public void Periodic_carry_keeps_the_weight_and_empties_the_low_digit(CarryProgramming programming)
    {
        InSituDevice device = InSituDevices.Open("dwmtj-stt-0k");
        var options = new CoreOptions { Mode = UpdateMode.Numeric, Carry = new CarryOptions { Programming = programming } };
        UpdateRule rule = UpdateRule.Create(device, options);
        CrossbarCore high = new(2, 3, 1.6, rule, options, 1, "high"), low = new(2, 3, 0.1, rule, options, 1, "low");
        var core = new CarryCore([high, low], options.Carry!, UpdateRule.CreateCalibrated(device, options));
        core.Program(Weights);
        double[] u = [0.008, -0.008, 0.001, 0, 0.002, 0.006];

        for (int i = 0; i < 9; i++) core.Update(u, 1);
        Close.Numbers(0.072, low.Weights[0], 1e-14);
        core.Update(u, 1);

        double[] expected = [.. Weights.Select((w, k) => w + 10 * u[k])];
        Close.Lists(expected, core.Weights, 1e-13, what: "sums of digits");
        // Digits with 0.05 or more are carried: half the limit of 0.1.
        Close.Lists([0, 0, 0.01, 0, 0.02, 0], low.Weights, 1e-13, what: "low digit");
        double[] y = new double[2];
        core.Read([1, 0, 0], y);
        Close.Lists([expected[0], expected[3]], y, 1e-13);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Recorded_updates_are_half_the_difference_of_the_pair()
    {
        var options = new CoreOptions { Mode = UpdateMode.Numeric };
        var recorder = new UpdateRecorder(8);
        var core = new CrossbarCore(2, 3, 1.5, UpdateRule.Create(InSituDevices.Open("enode"), options), options, 1, "recorded", recorder);
        core.Program(Weights);
        core.Update([1, -1, 0, 0, 0, 0], 0.1);
        core.Update([1, -1, 0, 0, 0, 0], 0.1);

        // s = 0.9/(2·1.5) = 0.3.
        Close.Lists([0.03, -0.03, 0, 0, 0, 0, 0.03, -0.03], recorder.Target.ToArray(), 1e-15);
        Close.Lists([.. recorder.Target], recorder.Real.ToArray(), 1e-16);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Devices_of_a_population_stay_within_their_own_range()
    {
        InSituDevice device = InSituDevices.Open("dwmtj-stt-0k");
        var options = new CoreOptions { Mode = UpdateMode.Multi };
        UpdateRule rule = UpdateRule.Create(device, options);
        var array = new DeviceArray(1000, rule, options, 3, "population");
        array.Fill(9);
        double[] high = [.. array.States.ToArray().Distinct().Order()];

        double[] expected = [.. device.Population.Select(t => t.MaximumConductance / rule.UnitSiemens).Distinct().Order()];
        Close.Lists(expected, high, 1e-14);
    }

    // A population of equals, so that no device ends before the common window does.
    private static CrossbarCore Core(CoreOptions options, double weightLimit = 1.5)
    {
        UpdateTable table = InSituDevices.Open("dwmtj-stt-0k").Standard;
        var device = new InSituDevice("equal", "equal", "test", table, [table, table]);
        return new(2, 3, weightLimit, UpdateRule.Create(device, options), options, 1, "test");
    }
}
