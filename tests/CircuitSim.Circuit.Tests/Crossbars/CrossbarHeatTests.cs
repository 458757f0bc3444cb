using CircuitSim.Circuit.Crossbars;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>Where a crossbar's power becomes heat, part by part.</summary>
public sealed class CrossbarHeatTests
{
    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(WireConvention.C1, BitLineEnd.Ground, 0, 3, 5)]
    [InlineData(WireConvention.C1, BitLineEnd.Ground, 70, 3, 5)]
    [InlineData(WireConvention.C2, BitLineEnd.Ground, 0, 2, 4)]
    [InlineData(WireConvention.C2, BitLineEnd.Ground, 70, 2, 4)]
    public void One_path_heats_every_segment_it_takes_and_no_other(WireConvention convention, BitLineEnd end, double terminalOhms, int wordSegments, int bitSegments)
    {
        // The only device is at word line 1 and bit line 3 of five word lines: two segments to it, and four down, without the outer ones.
        double[] g = new double[5 * 4];
        g[2] = 1e-3;
        var spec = new CrossbarSpec(5, 4, g, 20, 30, 100, terminalOhms, end, convention);
        double[] volts = [0.4, 0, 0, 0, 0];

        CrossbarHeat heat = Heat(spec, volts);

        double amps = 0.4 / (1000 + 100 + 20 * wordSegments + 30 * bitSegments + terminalOhms), square = amps * amps;
        // The solver's 1e-12 V of 0.4 V.
        Close.Numbers(1000 * square, heat.Devices, 0, 1e-11);
        Close.Numbers(20 * wordSegments * square, heat.WordLines, 0, 1e-11);
        Close.Numbers(30 * bitSegments * square, heat.BitLines, 0, 1e-11);
        Close.Numbers(100 * square, heat.SourceResistances, 0, 1e-11);
        Close.Numbers(terminalOhms * square, heat.Terminals, 0, 1e-11);
        Assert.Equal(0, heat.Shorts);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_part_has_the_heat_that_its_volts_make_and_all_is_delivered_by_the_sources()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Any(random);
            // Some devices near shorts, whose volts are rounding.
            if (seed % 4 == 0) spec = spec.WithConductances([.. spec.ConductanceSiemens.ToArray().Select(g => random.Next(5) == 0 && g > 0 ? 1e9 : g)]);
            if (seed % 2 == 0) spec = RandomCrossbars.WithFaults(random, spec);
            double[] volts = RandomCrossbars.Volts(random, spec.WordLineCount);
            ExactOracle exact = ExactOracle.Of(spec, volts);

            CrossbarHeat heat = Heat(spec, volts);

            double delivered = 0, flow = 0;
            for (int i = 0; i < volts.Length; i++)
            {
                delivered += volts[i] * exact.SourceAmps(i).High;
                flow += Math.Abs(volts[i] * exact.SourceAmps(i).High);
            }

            // Ideal lines leave no wire that could tell the current of a device near a short: its own volts have to.
            bool isLost = seed % 4 == 0 && (spec.WordLineSegmentOhms == 0 || spec.BitLineSegmentOhms == 0);
            // Where nothing flows, 1e-17 V of rounding over devices. Voltages are right to a few roundings, wires of an ohm turn 1e-17 V into 1e-17 A of about 1e-6 A; shorts of 0.1 ohm into ten times more.
            double bound = isLost ? 1e-3 : 1e-8;
            Compare(exact.DeviceWatts(), heat.Devices, "devices");
            Compare(exact.Watts(ExactOracle.Part.WordLine), heat.WordLines, "word lines");
            Compare(exact.Watts(ExactOracle.Part.BitLine), heat.BitLines, "bit lines");
            Compare(exact.Watts(ExactOracle.Part.Source), heat.SourceResistances, "source resistances");
            Compare(exact.Watts(ExactOracle.Part.Terminal), heat.Terminals, "terminals");
            Compare(exact.Watts(ExactOracle.Part.Short), heat.Shorts, "shorts");
            Compare(delivered, heat.Devices + heat.WordLines + heat.BitLines + heat.SourceResistances + heat.Terminals + heat.Shorts, "sources");

            void Compare(double expected, double actual, string what) => Close.Numbers(expected, actual, bound * flow + 1e-22, bound, $"seed {seed}: {what}");
        }
    }

    private static CrossbarHeat Heat(CrossbarSpec spec, double[] volts)
    {
        using CrossbarSolver solver = CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { Method = CrossbarMethod.Cholesky });
        return CrossbarHeat.Of(spec, volts, solver.SolveDrive(new CrossbarDrive { SourceVolts = volts }, 1e-12, hasNodes: true));
    }
}
