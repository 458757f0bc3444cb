using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Tests.Netlists;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Engines;

public sealed class TransientAccuracyTests
{
    // The slice that every run takes; CIRCUITSIM_RANDOM_LADDERS=1000 is a long one.
    private const int Slice = 100;

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_ladders_follow_their_equations_whatever_their_time_constants(bool isTight)
    {
        // Each step may err by trtol·reltol of the largest charge so far, 0.7 % or 0.001 %; errors of ringing sections add up over their periods.
        double bound = isTight ? 1e-3 : 6e-2;
        int count = int.Parse(Environment.GetEnvironmentVariable("CIRCUITSIM_RANDOM_LADDERS") ?? $"{Slice}", CultureInfo.InvariantCulture), points = 0;
        for (int seed = 0; seed < count; seed++)
        {
            RandomLadder ladder = RandomLadder.Draw(seed);
            TransientResult result = Solve(ladder.Netlist, isTight);
            points += result.TimesSeconds.Count;
            IReadOnlyList<double> volts = result.NodeVolts[ladder.Output];
            double[] exact = ladder.Exact(result.TimesSeconds);
            double size = Math.Max(Math.Abs(ladder.Range.Low), Math.Abs(ladder.Range.High));
            for (int i = 0; i < exact.Length; i++)
            {
                Close.Numbers(exact[i], volts[i], bound * size, 0, FormattableString.Invariant($"seed {seed} ({ladder.Kind}), t = {result.TimesSeconds[i]:G6} s"));
                // A network of resistors and capacitors never leaves the range of its source by more than a step may err.
                if (ladder.Kind == "rc") Assert.InRange(volts[i], ladder.Range.Low - bound / 10 * size, ladder.Range.High + bound / 10 * size);
            }
        }

        // No run chases its own rounding: that takes a hundred thousand steps.
        Assert.InRange(points / count, 50, 1000);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("r1 a b 1k\nc1 b 0 1n\n.tran 2m 100m", 1e-6, true)]
    [InlineData("r1 a b 1k\nc1 b 0 1n\n.tran 2u 100u", 1e-6, true)]
    [InlineData("r1 a b 2\nc1 b 0 10n\n.tran 0.4m 20m", 2e-8, true)]
    [InlineData("r1 a b 400k\nl1 b 0 1.6\n.tran 10m 0.5", 4e-6, false)]
    [InlineData("r1 a b 400k\nl1 b 0 1.6\n.options method=gear\n.tran 10m 0.5", 4e-6, false)]
    public void The_first_steps_after_a_corner_are_as_exact_as_all_others(string body, double seconds, bool isCapacitor)
    {
        Netlist netlist = SpiceParser.Parse($"t\nv1 a 0 pulse(0 1 0 1p 1p 1e9 2e9)\n{body}\n", "t.cir").Netlist;
        foreach (bool isTight in new[] { false, true })
        {
            TransientResult result = Solve(netlist, isTight);
            for (int i = 1; i < result.TimesSeconds.Count; i++)
            {
                // The edge takes a picosecond, which its circuit follows by 1e-3 of its size or less.
                double decayed = Math.Exp(-result.TimesSeconds[i] / seconds), exact = isCapacitor ? 1 - decayed : decayed;
                if (result.TimesSeconds[i] <= 1e-12) continue;
                // Local errors of trtol·reltol, 0.7 % or 0.001 %, of which a few are on their way at a time.
                Close.Numbers(exact, result.NodeVolts["b"][i], isTight ? 2e-4 : 2e-2, 0, FormattableString.Invariant($"t = {result.TimesSeconds[i]:G6} s"));
            }
        }
    }

    [Fact]
    [Trait("Kind", "peer")]
    public void A_clamp_without_load_is_solved_with_tight_tolerances()
    {
        Netlist netlist = SpiceParser.Parse("t\nvin a 0 sin(0 2 10)\nc1 a b 10u\nd1 0 b dx\n.model dx d(is=2e-15)\n.tran 1m 0.3\n", "t.cir").Netlist;

        TransientResult result = Solve(netlist, isTight: true);

        double[] settled = [.. Enumerable.Range(0, 1000).Select(i => Sampling.At(result.TimesSeconds, result.NodeVolts["b"], 0.2 + 1e-4 * i))];
        // ngspice 39 with reltol=1e-6 and steps of 0.1 ms; 0.1 % of the swing is what steps of 1 ms leave between points.
        Close.Numbers(-0.5992462, settled.Min(), 4e-3);
        Close.Numbers(3.395316, settled.Max(), 4e-3);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(false, 5e-3)]
    [InlineData(true, 5e-4)]
    public void A_comparator_that_jumps_stays_in_its_new_state(bool isTight, double bound)
    {
        Netlist netlist = SpiceParser.Parse("t\ne1 o 0 value={10*tanh(1e4*(v(p)-v(m)))}\nr1 o p 10k\nr2 p 0 10k\nr3 o m 10k\nc1 m 0 10n\n.ic v(m)=1\n.tran 1u 2m uic\n", "t.cir").Netlist;

        TransientResult result = Solve(netlist, isTight);

        IReadOnlyList<double> m = result.NodeVolts["m"], t = result.TimesSeconds;
        double[] rises = [.. Enumerable.Range(1, t.Count - 1).Where(i => m[i - 1] < 0 && m[i] >= 0).Select(i => t[i - 1] - m[i - 1] * (t[i] - t[i - 1]) / (m[i] - m[i - 1]))];
        // From 1 V towards −10 V down to −5 V, towards 10 V up to 0 V; then a full period, twice the time from −5 V to 5 V.
        double first = 1e-4 * (Math.Log(11.0 / 5) + Math.Log(15.0 / 10)), period = 2e-4 * Math.Log(3);
        Assert.Equal(9, rises.Length);
        // The threshold is met within a step of 1 µs at default tolerances.
        for (int k = 0; k < rises.Length; k++) Close.Numbers(first + k * period, rises[k], 0, bound, $"rise {k}");
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Initial_voltages_determine_nodes_that_only_capacitors_hold()
    {
        const string Gate = "vdd vdd 0 1.8\nrd vdd d 10k\nm1 d g 0 0 nm w=4u l=1u\nc1 g 0 1p\n.model nm nmos(vto=0.5 kp=100u lambda=0.02)\n";
        TransientResult held = Solve(Parse(Gate + ".ic v(g)=1\n.tran 1n 100n"), isTight: true);
        TransientResult divided = Solve(Parse("v1 in 0 pulse(0 1 10n 1n 1n 1u 2u)\nr1 in a 1k\nc1 a b 1n\nc2 b 0 1n\n.ic v(b)=0.1\n.tran 10n 500n"), isTight: true);

        Close.Numbers(1, held.NodeVolts["g"][^1], 1e-9);
        // I = 200 µA·(0.5 V)²·(1 + 0.02·d)/2·… balances (1.8 V − d)/10 kΩ: d = 1.3/1.01.
        Close.Numbers(1.3 / 1.01, held.NodeVolts["d"][^1], 1e-6);
        // Half a microfarad-kilohm: τ = 0.5 µs from the middle of the edge on; what a holds is a step of 1 V on two capacitors in series.
        double a = 1 - Math.Exp(-(500e-9 - 10.5e-9) / 0.5e-6);
        Close.Numbers(a, divided.NodeVolts["a"][^1], 1e-4);
        Close.Numbers(0.1 + a / 2, divided.NodeVolts["b"][^1], 1e-4);
        Assert.Throws<TopologyException>(() => Solve(Parse(Gate + ".tran 1n 100n"), isTight: true));
        Assert.Throws<TopologyException>(() => Solve(Parse(Gate + ".ic v(g)=1\n.op\n.tran 1n 100n"), isTight: true));
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(false, 1e-2)]
    [InlineData(true, 2e-4)]
    public void A_piecewise_linear_source_may_step(bool isTight, double bound)
    {
        TransientResult result = Solve(Parse("v1 a 0 pwl(0 0 1m 0 1m 2 3m 2 3m 0.5)\nr1 a b 1k\nc1 b 0 1u\n.tran 10u 5m"), isTight);

        double top = 2 * (1 - Math.Exp(-2));
        for (double t = 0; t <= 5e-3; t += 1e-4)
        {
            double exact = t <= 1e-3 ? 0 : t <= 3e-3 ? 2 * (1 - Math.Exp(-(t - 1e-3) / 1e-3)) : 0.5 + (top - 0.5) * Math.Exp(-(t - 3e-3) / 1e-3);
            // Local errors of 0.7 % or 0.001 %, and straight lines between points 10 µs apart.
            Close.Numbers(exact, Sampling.At(result.TimesSeconds, result.NodeVolts["b"], t), bound, 0, FormattableString.Invariant($"t = {t:G3} s"));
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_current_into_a_capacitor_has_its_phasor()
    {
        foreach (string level in new[] { "0", "1u" })
        {
            var result = (AcResult)new NativeEngine().Solve(Parse($"i1 0 b dc {level} ac 1\nr1 b c 50\nc1 c 0 1n\nr2 d 0 1k\nc2 c d 1n\n.ac dec 1 1k 1meg"), EngineOptions.Default).Analyses[0];

            for (int i = 0; i < result.FrequenciesHertz.Count; i++)
            {
                var s = new System.Numerics.Complex(0, 2 * Math.PI * result.FrequenciesHertz[i]);
                System.Numerics.Complex exact = 50 + 1 / (s * 1e-9 + 1 / (1000 + 1 / (s * 1e-9)));
                // A few roundings.
                Close.Numbers(0, (exact - result.NodeVolts["b"][i]).Magnitude / exact.Magnitude, 1e-12);
            }
        }

        // The bias of a transistor depends on a level that nothing determines.
        const string Gate = "vdd vdd 0 1.8\nrd vdd d 10k\nm1 d g 0 0 nm\nc1 g 0 1p\ni1 0 g ac 1\n.model nm nmos(vto=0.5)\n.ac dec 1 1k 10k";
        Assert.Throws<TopologyException>(() => new NativeEngine().Solve(Parse(Gate), EngineOptions.Default));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Inductors_in_parallel_share_a_direct_current_by_their_inductances()
    {
        const string Body = "v1 a 0 {0}\nr1 a b 100\nl1 b 0 1m\nl2 b c 2m\nl3 c 0 1m\n";
        var point = (OperatingPoint)new NativeEngine().Solve(Parse(string.Format(CultureInfo.InvariantCulture, Body, "1") + ".op"), EngineOptions.Default).Analyses[0];
        TransientResult course = Solve(Parse(string.Format(CultureInfo.InvariantCulture, Body, "pulse(0 1 0 1n 1n 1 2)") + ".tran 0.1u 50u"), isTight: true);

        // 10 mA in all, 3 to 1; a few roundings.
        Close.Numbers(7.5e-3, point.BranchAmps["l1"], 0, 1e-14);
        Close.Numbers(2.5e-3, point.BranchAmps["l3"], 0, 1e-14);
        for (double t = 1e-6; t < 50e-6; t += 1e-6)
            // 0.75 mH behind 100 Ω; straight lines between points 0.1 µs apart leave 1e-4.
            Close.Numbers(Math.Exp(-(t - 0.5e-9) / 7.5e-6), Sampling.At(course.TimesSeconds, course.NodeVolts["b"], t), 1.5e-4);
        Assert.Throws<TopologyException>(() => Solve(Parse("v1 a 0 1\nl1 a b 1m\nl2 b 0 1m\nl3 b 0 1m\nr1 a 0 1\n.tran 1u 1m"), isTight: false));
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("i1 0 a ac 1m -1e308\nr1 a 0 10k\n.ac lin 3 1 2")]
    [InlineData("i1 0 a ac 1e308\nr1 a 0 10k\n.ac lin 3 1 2")]
    [InlineData("v1 a 0 1e300\nr1 a 0 1e-100\n.tran 1u 10u")]
    [InlineData("v1 a 0 sin(0 1 1e308)\nr1 a 0 1k\n.tran 1u 10u")]
    public void No_number_that_is_none_leaves_as_a_result(string body)
        => Assert.ThrowsAny<CircuitSimException>(() => new NativeEngine().Solve(Parse(body), EngineOptions.Default));

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("1E+14 points")]
    [InlineData("5000000 points")]
    [InlineData("at least 10000")]
    [InlineData("has come to")]
    public void An_analysis_whose_result_would_not_fit_is_refused(string expected)
    {
        Netlist netlist = Parse("v1 a 0 sin(0 1 1meg)\nr1 a b 1\nc1 b 0 1n\nv2 c 0 1\nr2 c 0 1\n.op");
        Analysis analysis = expected switch
        {
            "1E+14 points" => new DcSweepAnalysis(new SourceSweep("v1", 0, 1, 1e-7), new SourceSweep("v2", 0, 1, 1e-7)),
            "5000000 points" => new AcAnalysis(FrequencySpacing.Linear, 5_000_000, 1, 1e6),
            "has come to" => new TransientAnalysis(1e-6, 5e-5),
            _ => new TransientAnalysis(1e-9, 1e-4),
        };
        // The last transient has 50 points at least, and 50 periods that need more.
        EngineOptions options = EngineOptions.Default with { MaximumValues = expected == "has come to" ? 1000 : 100_000 };
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<InvalidDesignException>(() => new NativeEngine().Solve(netlist with { Analyses = [analysis] }, options));

        Assert.Contains(expected == "1E+14 points" ? "100000020000001 points" : expected, error.Message, StringComparison.Ordinal);
        // A megabyte is more than the circuit takes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static Netlist Parse(string body) => SpiceParser.Parse($"t\n{body}\n", "t.cir").Netlist;

    private static TransientResult Solve(Netlist netlist, bool isTight)
        => (TransientResult)new NativeEngine().Solve(netlist, isTight ? EngineOptions.Tight : EngineOptions.Default).Analyses[^1];
}
