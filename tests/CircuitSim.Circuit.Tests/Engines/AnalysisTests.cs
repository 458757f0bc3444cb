using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Tests.Netlists;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Engines;

public sealed class AnalysisTests
{
    [Fact]
    [Trait("Kind", "closed form")]
    public void A_transient_of_an_rc_circuit_follows_the_exponential()
    {
        var result = (TransientResult)Run("v1 a 0 1\nr1 a b 1k\nc1 b 0 1n ic=0\n.tran 10n 5u uic");

        for (int i = 0; i < result.TimesSeconds.Count; i++)
        {
            double exact = 1 - Math.Exp(-result.TimesSeconds[i] / 1e-6);
            // A local error of 1e-5 a step, and every earlier one decays with the circuit.
            Close.Numbers(exact, result.NodeVolts["b"][i], 1e-4, 0, $"t = {result.TimesSeconds[i]:G4} s");
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("")]
    [InlineData(".options method=gear\n")]
    public void An_lc_circuit_keeps_its_frequency(string options)
    {
        var result = (TransientResult)Run($"{options}c1 a 0 1n ic=1\nl1 a 0 1m ic=0\nr1 a 0 1e9\n.tran 20n 20u 0 20n uic");

        double omega = 1 / Math.Sqrt(1e-12);
        for (double t = 1e-6; t < 20e-6; t += 1e-6)
        {
            // Twenty radians at steps of 0.02: second-order phase error below 20·0.02²/3.
            Close.Numbers(Math.Cos(omega * t), Sampling.At(result.TimesSeconds, result.NodeVolts["a"], t), 3e-3, 0, $"t = {t:G3} s");
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Steps_land_on_every_corner_of_a_source()
    {
        var result = (TransientResult)Run("v1 a 0 pulse(0 1 1u 0.1u 0.2u 2u 5u)\nr1 a 0 1\n.tran 1u 9u");

        foreach (double corner in new[] { 1e-6, 1.1e-6, 3.1e-6, 3.3e-6, 6e-6, 6.1e-6, 8.1e-6, 8.3e-6, 9e-6 })
            // A corner is a sum of up to four rounded times.
            Assert.Contains(result.TimesSeconds, t => Math.Abs(t - corner) <= 1e-20 + 1e-14 * corner);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void An_rc_low_pass_has_its_phasor()
    {
        var result = (AcResult)Run("v1 a 0 ac 2 90\nr1 a b 1k\nc1 b 0 1n\n.ac dec 3 1k 10meg");

        Assert.Equal(13, result.FrequenciesHertz.Count);
        for (int i = 0; i < 13; i++)
        {
            System.Numerics.Complex exact = new System.Numerics.Complex(0, 2) / new System.Numerics.Complex(1, 2 * Math.PI * result.FrequenciesHertz[i] * 1e-6);
            // A few roundings of numbers of order 1.
            Close.Numbers(0, (exact - result.NodeVolts["b"][i]).Magnitude, 1e-14);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_sweep_of_two_sources_repeats_the_inner_one()
    {
        var result = (DcSweepResult)Run("v1 a 0 0\nv2 b 0 0\nr1 a c 1k\nr2 b c 1k\nr3 c 0 1k\n.dc v1 0 1 0.5 v2 0 3 3");

        Assert.Equal([0, 0.5, 1, 0, 0.5, 1], result.Levels);
        // A third of the sum, with two roundings.
        Close.Lists([0, 0.5 / 3, 1.0 / 3, 1, 3.5 / 3, 4.0 / 3], [.. result.NodeVolts["c"]], 1e-15, 0);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_nodeset_chooses_among_stable_states()
    {
        const string Latch = "vdd vdd 0 3\nm1 q p 0 0 mn\nm2 q p vdd vdd mp\nm3 p q 0 0 mn\nm4 p q vdd vdd mp\n.model mn nmos(vto=0.7 kp=100u lambda=0.05)\n.model mp pmos(vto=-0.7 kp=100u lambda=0.05)\n.op\n";

        var high = (OperatingPoint)Run(Latch + ".nodeset v(q)=3 v(p)=0");
        var low = (OperatingPoint)Run(Latch + ".nodeset v(q)=0 v(p)=3");

        Assert.InRange(high.NodeVolts["q"], 2.9, 3.0);
        Assert.InRange(low.NodeVolts["q"], -0.1, 0.1);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("i1 0 a 1m\nr1 a 0 1k\n.dc v9 0 1 1", "v9")]
    [InlineData("i1 0 a 1m\nr1 a 0 1k\n.op\n.ic v(z)=1\n.tran 1n 1u", "v(z)")]
    [InlineData("i1 0 a 1m\nr1 a 0 1k\nf1 a 0 v7 1\n.op", "v7")]
    public void Names_that_do_not_exist_are_told(string body, string name)
        => Assert.Contains(name, Assert.Throws<InvalidDesignException>(() => Run(body)).Message, StringComparison.Ordinal);

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("temp=50")]
    [InlineData("rshunt=1e12")]
    [InlineData("method=euler")]
    [InlineData("reltol=-1")]
    public void Options_that_would_change_the_solution_are_refused_rather_than_ignored(string option)
    {
        Netlist netlist = SpiceParser.Parse($"t\nv1 a 0 1\nr1 a 0 1\n.options {option}\n.op\n", "t.cir").Netlist;

        Assert.Contains(option.Split('=')[0], Assert.Throws<InvalidDesignException>(() => new NativeEngine().Solve(netlist, EngineOptions.Default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Nodes_that_only_a_moving_capacitance_holds_do_not_stop_a_transient()
    {
        // ngspice 39 ends here with "timestep too small" at node c.
        var result = (TransientResult)Run("vg g 0 pulse(0 3 1n 1n 1n 5n 12n)\nvin in 0 sin(0.6 0.5 100meg)\nr1 in a 1k\nm1 a g b 0 mn w=10u l=1u\nm2 b g c 0 mn w=20u l=2u\n"
            + "r2 c 0 20k\nc2 b 0 20f\n.model mn nmos(vto=0.6 tox=15n gamma=0.5 phi=0.7)\n.tran 10p 24n 0 10p");

        // In the middle of the pulse both transistors are closed switches; the sine falls, and the output lags.
        double input = Sampling.At(result.TimesSeconds, result.NodeVolts["in"], 5e-9), output = Sampling.At(result.TimesSeconds, result.NodeVolts["c"], 5e-9);
        Assert.InRange(output, 0.5 * input, 1.2 * input);
        Assert.InRange(result.TimesSeconds.Count, 2400, 10_000);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("", 4e-3)]
    [InlineData(".options trtol=0.1", 4e-4)]
    [InlineData(".options trtol=0.1 method=gear", 1e-3)]
    [InlineData(".options reltol=1e-5", 4e-4)]
    public void An_RLC_circuit_rings_as_its_equation_says(string options, double bound)
    {
        // Step of 1 V; the longest step is far above the period, so that only the error estimate limits the steps.
        Netlist netlist = SpiceParser.Parse($"t\nv1 a 0 pulse(0 1 0 1p 1p 1)\nr1 a b 10\nl1 b c 1u\nc1 c 0 1n\n{options}\n.tran 1u 2u 0 1u\n", "t.cir").Netlist;
        var result = (TransientResult)new NativeEngine().Solve(netlist, EngineOptions.Default).Analyses[0];

        double damping = 10 / (2 * 1e-6), omega = Math.Sqrt(1 / (1e-6 * 1e-9) - damping * damping);
        double worst = 0;
        for (int i = 0; i < result.TimesSeconds.Count; i++)
        {
            double t = result.TimesSeconds[i];
            double exact = 1 - Math.Exp(-damping * t) * (Math.Cos(omega * t) + damping / omega * Math.Sin(omega * t));
            worst = Math.Max(worst, Math.Abs(result.NodeVolts["c"][i] - exact));
        }

        // Errors of the steps add up over the ten periods.
        Assert.InRange(worst, 0, 25 * bound);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_node_between_transistors_that_are_off_costs_few_iterations()
    {
        // Its equation has a root that is all but double, where plain Newton steps only halve the way.
        const string Nand = "vdd vdd 0 1.8\nva a 0 pulse(0 1.8 0.2n 0.1n 0.1n 1n 2n)\nvb b 0 pulse(0 1.8 0.5n 0.1n 0.1n 1n 2n)\n"
            + "mp1 y a vdd vdd mp w=4u l=0.18u\nmp2 y b vdd vdd mp w=4u l=0.18u\nmn1 y a m 0 mn w=4u l=0.18u\nmn2 m b 0 0 mn w=4u l=0.18u\nc1 y 0 5f\n"
            + ".model mp pmos(vto=-0.45 kp=100u gamma=0.4 phi=0.7)\n.model mn nmos(vto=0.45 kp=250u gamma=0.4 phi=0.7)\n.tran 20p 4n\n";
        Netlist netlist = SpiceParser.Parse($"t\n{Nand}", "t.cir").Netlist;

        var quick = (TransientResult)new NativeEngine().Solve(netlist, EngineOptions.Default).Analyses[0];
        var exact = (TransientResult)new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses[0];

        Assert.InRange(quick.TimesSeconds.Count, 200, 600);
        double sum = 0;
        for (int i = 1; i <= 100; i++)
        {
            double at = 4e-11 * i, error = Sampling.At(quick.TimesSeconds, quick.NodeVolts["y"], at) - Sampling.At(exact.TimesSeconds, exact.NodeVolts["y"], at);
            sum += error * error;
        }

        // One percent of the supply, with edges as steep as those of the input.
        Assert.InRange(Math.Sqrt(sum / 100), 0, 0.018);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void An_inductor_across_a_voltage_source_is_found_before_solving()
        => Assert.Throws<TopologyException>(() => Run("v1 a 0 1\nl1 a 0 1m\nr1 a 0 1\n.op"));

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_slope_that_is_infinite_at_the_start_gives_no_false_solution()
    {
        var point = (OperatingPoint)Run("v1 a 0 4\nr1 a b 1k\nb1 b 0 i=1e-3*sqrt(v(b))\n.op");

        // 4 − v = √v.
        double root = (Math.Sqrt(17) - 1) / 2;
        Close.Numbers(root * root, point.NodeVolts["b"], 1e-12);
    }

    private static AnalysisResult Run(string body)
        => new NativeEngine().Solve(SpiceParser.Parse($"test\n{body}\n", "test.cir").Netlist, EngineOptions.Tight).Analyses[^1];
}
