using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;
using Xunit.Sdk;

namespace CircuitSim.Circuit.Tests.Engines;

public sealed class LinearAccuracyTests
{
    // CIRCUITSIM_LINEAR_CIRCUITS=5000 draws more.
    private const int Slice = 60;

    [Fact]
    [Trait("Kind", "property")]
    public void Linear_circuits_of_fifteen_decades_agree_with_exact_arithmetic()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("CIRCUITSIM_LINEAR_CIRCUITS"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : Slice;
        int refused = 0;
        for (int seed = 0; seed < count; seed++)
        {
            Netlist netlist = LinearCircuits.Draw(seed);
            Dictionary<string, double>? exact = ExactCircuit.Solve(netlist.Elements);
            foreach (EngineOptions options in new[] { EngineOptions.Default, EngineOptions.Tight })
            {
                try
                {
                    var point = (OperatingPoint)new NativeEngine().Solve(netlist, options).Analyses[0];
                    Assert.True(exact is not null, $"Seed {seed} has no solution, but one was given.");
                    // A rounding of each element moves the voltages of these circuits by up to 1e-10 of the largest; far less than reltol. Tight asks for no more digits
                    // than the elements have.
                    double largest = exact.Values.Max(Math.Abs), bound = 1e-9 * largest + 1e-15;
                    foreach ((string node, double volts) in exact) Close.Numbers(volts, point.NodeVolts[node], bound, 0, $"seed {seed}, {node}");
                }
                catch (SingularSystemException)
                {
                    refused++;
                }
            }
        }

        // A circuit whose answer is decided by roundings of its elements may be refused; few are.
        Assert.InRange(refused, 0, count / 20);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_node_behind_a_very_large_resistance_keeps_its_voltage_among_very_small_ones()
    {
        // Two ties of 1e12 and 3e12 ohm hold a chain of milliohms: three quarters of the source.
        string chain = string.Concat(Enumerable.Range(1, 9).Select(i => FormattableString.Invariant($"r{i} n{i} n{i + 1} {0.7 * (i % 3 + 1)}m\nrq{i} n{i} n10 {11.3 * i}m\n")));
        Netlist netlist = SpiceParser.Parse($"t\nv1 s 0 4\nrs s n1 1e12\n{chain}rl n10 0 3e12\n.op\n", "t.cir").Netlist;

        foreach (EngineOptions options in new[] { EngineOptions.Default, EngineOptions.Tight })
        {
            var point = (OperatingPoint)new NativeEngine().Solve(netlist, options).Analyses[0];

            // The last correction is a part of 1e-9, and at most a tenth of it is left; tight ones end with rounding. The drop over the chain is 1e-14 V.
            for (int i = 1; i <= 10; i++) Close.Numbers(3, point.NodeVolts[$"n{i}"], options.IsTight ? 1e-13 : 3e-10, 0, $"n{i}");
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_circuit_that_roundings_of_its_elements_decide_is_refused()
    {
        // Conductances 1, -1/3 and -2/3 S cancel but for rounding.
        Netlist netlist = SpiceParser.Parse("t\ni1 0 a 1\nr1 a 0 1\nr2 a 0 -3\nr3 a 0 -1.5\n.op\n", "t.cir").Netlist;

        foreach (EngineOptions options in new[] { EngineOptions.Default, EngineOptions.Tight })
        {
            var error = Assert.Throws<SingularSystemException>(() => new NativeEngine().Solve(netlist, options));

            Assert.Equal("a", error.Unknown);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_transient_keeps_the_voltage_of_a_node_behind_a_very_large_resistance()
    {
        const string Body = "t\nv1 s 0 4\nrs s n1 1e12\nr1 n1 n2 1m\nr2 n2 n3 2m\nr3 n1 n3 1.7m\nrl n3 0 3e12\ncs s 0 1p\n.tran 1n 20n\n";

        foreach (EngineOptions options in new[] { EngineOptions.Default, EngineOptions.Tight })
        {
            var result = (TransientResult)new NativeEngine().Solve(SpiceParser.Parse(Body, "t.cir").Netlist, options).Analyses[0];

            // Three quarters of the source at all times, as above.
            foreach (double volts in result.NodeVolts["n2"]) Close.Numbers(3, volts, options.IsTight ? 1e-13 : 3e-10, 0, "n2");
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("i1 0 a 1e200\nr1 a b 1e200\nr2 b 0 1\n.op")]
    [InlineData("i1 0 a 0\nr1 a b 1e200\nr2 b 0 1\n.dc i1 1e200 2e200 1e200")]
    [InlineData("i1 0 a pwl(0 1e200 1 1e200)\nr1 a b 1e200\nr2 b 0 1\n.tran 1m 10m")]
    [InlineData("i1 0 a ac 1e200\nr1 a b 1e200\nr2 b 0 1\n.ac lin 2 1 2")]
    [InlineData("i1 0 a ac 1m -1e308\nr1 a 0 10k\n.ac lin 3 1 2")]
    public void No_number_that_is_not_finite_leaves_as_a_result(string body)
    {
        Netlist netlist = SpiceParser.Parse($"t\n{body}\n", "t.cir").Netlist;

        foreach (EngineOptions options in new[] { EngineOptions.Default, EngineOptions.Tight })
        {
            try
            {
                AnalysisResult result = new NativeEngine().Solve(netlist, options).Analyses[0];

                foreach (double value in Values(result)) Assert.True(double.IsFinite(value), $"{body}: {value}");
            }
            catch (Exception e) when (e is ConvergenceException or SingularSystemException)
            {
                Assert.Contains("'a'", e.Message, StringComparison.Ordinal);
            }
            catch (InvalidDesignException e)
            {
                // A phase whose sine has no digit left is refused before it is solved.
                Assert.Contains("i1 has the value -1E+308; its AC phase", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<double> Values(AnalysisResult result) => result switch
    {
        OperatingPoint p => [.. p.NodeVolts.Values, .. p.BranchAmps.Values],
        DcSweepResult d => d.NodeVolts.Values.Concat(d.BranchAmps.Values).SelectMany(v => v),
        TransientResult t => t.NodeVolts.Values.Concat(t.BranchAmps.Values).SelectMany(v => v),
        AcResult a => a.NodeVolts.Values.Concat(a.BranchAmps.Values).SelectMany(v => v).SelectMany(c => new[] { c.Real, c.Imaginary }),
        _ => throw new XunitException($"{result.GetType().Name} has no values here."),
    };
}
