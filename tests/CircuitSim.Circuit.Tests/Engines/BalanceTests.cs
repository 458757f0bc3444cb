using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Tests.Netlists;
using CircuitSim.TestSupport;
using Xunit.Sdk;

namespace CircuitSim.Circuit.Tests.Engines;

public sealed class BalanceTests
{
    [Theory]
    [Trait("Kind", "property")]
    [MemberData(nameof(NetlistFilesTests.Decks), MemberType = typeof(NetlistFilesTests))]
    public void Currents_balance_at_every_node_of_the_decks(string deck)
    {
        Netlist netlist = SpiceParser.ParseFile(Path.Combine(Repository.Root, deck)).Netlist;

        BalanceCheck.Solve(netlist, EngineOptions.Default);
        BalanceCheck.Solve(netlist, EngineOptions.Tight);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Currents_balance_at_every_node_of_random_circuits()
    {
        int points = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            foreach (RandomCircuit circuit in new[] { RandomCircuits.Draw(seed), HardCircuits.Draw(seed) })
            {
                foreach (EngineOptions options in new[] { EngineOptions.Default, EngineOptions.Tight })
                {
                    try
                    {
                        points += BalanceCheck.Solve(circuit.Netlist, options);
                    }
                    catch (Exception e) when (e is ConvergenceException or SingularSystemException)
                    {
                        // Whether it converges is another test.
                    }
                    catch (XunitException e)
                    {
                        throw new XunitException($"Seed {seed}, {circuit.Kind}: {e.Message}");
                    }
                }
            }
        }

        Assert.InRange(points, 200, 240);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_check_finds_a_voltage_that_is_wrong()
    {
        Netlist netlist = RandomCircuits.Draw(1).Netlist;
        var point = (OperatingPoint)new NativeEngine().Solve(netlist, EngineOptions.Default).Analyses[0];
        string node = point.NodeVolts.Keys.First(n => n.StartsWith('n'));
        var moved = new Dictionary<string, double>(point.NodeVolts) { [node] = point.NodeVolts[node] + 0.1 };

        BalanceCheck.Check(netlist, EngineOptions.Default, point);
        Assert.Throws<XunitException>(() => BalanceCheck.Check(netlist, EngineOptions.Default, point with { NodeVolts = moved }));
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("1e3", 0.25)]
    [InlineData("1e4", 0.1)]
    [InlineData("300", 0.25)]
    [InlineData("1e6", 0.125)]
    public void A_comparator_with_hysteresis_gives_no_more_than_its_source(string gain, double step)
    {
        string deck = $"t\nb1 o 0 v={{5*tanh({gain}*(v(p)-v(i)))}}\nr1 o p 10k\nr2 p 0 10k\nv1 i 0 0\n.dc v1 -4 4 {step.ToString(System.Globalization.CultureInfo.InvariantCulture)}\n";
        Netlist netlist = SpiceParser.Parse(deck, "t.cir").Netlist;

        foreach (EngineOptions options in new[] { EngineOptions.Default, EngineOptions.Tight })
        {
            var sweep = (DcSweepResult)new NativeEngine().Solve(netlist, options).Analyses[0];

            Assert.Empty(sweep.LostPoints);
            for (int i = 0; i < sweep.Levels.Count; i++)
            {
                double output = sweep.NodeVolts["o"][i];
                // Thresholds are at 2.5 V less a few thermal-like volts over the gain; from there on the only solution is the other level.
                if (sweep.Levels[i] >= 2.5) Close.Numbers(-5, output, 1e-5, 0, $"o at {sweep.Levels[i]} V");
                if (sweep.Levels[i] < 2.4) Close.Numbers(5, output, 1e-5, 0, $"o at {sweep.Levels[i]} V");
            }
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("1e3")]
    [InlineData("1e4")]
    public void A_comparator_that_jumps_in_time_obeys_its_law_at_every_point(string gain)
    {
        Netlist netlist = SpiceParser.Parse($"t\nb1 o 0 v={{5*tanh({gain}*(v(p)-v(i)))}}\nr1 o p 10k\nr2 p 0 10k\nv1 i 0 pwl(0 -4 1m 4 2m -4)\n.tran 10u 2m\n", "t.cir").Netlist;

        foreach (EngineOptions options in new[] { EngineOptions.Default, EngineOptions.Tight })
        {
            var result = (TransientResult)new NativeEngine().Solve(netlist, options).Analyses[0];

            double scale = double.Parse(gain, System.Globalization.CultureInfo.InvariantCulture);
            for (int i = 0; i < result.TimesSeconds.Count; i++)
            {
                double output = result.NodeVolts["o"][i], wanted = 5 * Math.Tanh(scale * (result.NodeVolts["p"][i] - result.NodeVolts["i"][i]));
                // A thousandth of reltol and vntol.
                Close.Numbers(wanted, output, 7e-6, 0, $"o at {result.TimesSeconds[i]} s");
            }

            Assert.Contains(result.NodeVolts["o"], v => v > 4.9);
            Assert.Contains(result.NodeVolts["o"], v => v < -4.9);
        }
    }
}
