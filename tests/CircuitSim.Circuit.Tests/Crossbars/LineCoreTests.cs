using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>The vectorised iteration against its plain version, which shares no code with it.</summary>
public sealed class LineCoreTests
{
    [SkippableFact]
    [Trait("Kind", "property")]
    public void Wide_vectors_agree_with_plain_loops()
    {
        Skip.IfNot(DenseLanes512.IsSupported, "needs AVX-512");

        CompareWithPlain(spec => new LineCore<DenseLanes512>(spec));
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void Narrow_vectors_agree_with_plain_loops()
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");

        CompareWithPlain(spec => new LineCore<DenseLanes256>(spec));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_error_estimate_covers_the_error_at_every_tolerance()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            int m = random.Next(1, 50), n = random.Next(1, 50);
            BitLineEnd end = random.Next(2) == 0 ? BitLineEnd.Ground : BitLineEnd.Open;
            CrossbarSpec spec = seed % 2 == 0 ? RandomCrossbars.Hard(random, m, n, end) : RandomCrossbars.Ordinary(random, m, n, end);
            double[] volts = RandomCrossbars.Volts(random, m);
            using CrossbarSolver exact = CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { Method = CrossbarMethod.Cholesky });
            CrossbarOperatingPoint expected = exact.Solve(volts, hasNodeVolts: true);

            for (double tolerance = 1e-3; tolerance > 1e-12; tolerance /= 10)
            {
                using CrossbarSolver solver = CrossbarSolver.Factorize(
                    spec, new CrossbarSolverOptions { Method = CrossbarMethod.LineConjugateGradients, ToleranceVolts = tolerance });
                CrossbarOperatingPoint point = solver.Solve(volts, hasNodeVolts: true);

                double error = Math.Max(
                    Largest(expected.WordLineNodeVolts.Span, point.WordLineNodeVolts.Span), Largest(expected.BitLineNodeVolts.Span, point.BitLineNodeVolts.Span));
                Assert.InRange(point.ErrorEstimateVolts, 0, tolerance);
                // It is an estimate, from a few eigenvalues: within a factor of two, with the rounding of volts below it.
                Assert.True(error <= 2 * point.ErrorEstimateVolts + 1e-14, $"seed {seed}, {m} x {n}, tolerance {tolerance}: error {error}, estimate {point.ErrorEstimateVolts}");
            }
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Memory_taken_over_from_a_disposed_solver_changes_no_bit()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec before = WithWires(random, RandomCrossbars.Any(random, 20)), spec = WithWires(random, RandomCrossbars.Any(random, 20));
            // Every other pair has the same size, so that the memory fits.
            if (seed % 2 == 0)
                before = new CrossbarSpec(
                    spec.WordLineCount, spec.BitLineCount, RandomCrossbars.Conductances(random, spec.ConductanceSiemens.Length, 1e-5, 1e-3),
                    20, 30, spec.SourceOhms, bitLineEnd: BitLineEnd.Open, convention: spec.Convention);
            double[] volts = RandomCrossbars.Volts(random, spec.WordLineCount);
            var options = new CrossbarSolverOptions { Method = CrossbarMethod.LineConjugateGradients };
            CrossbarOperatingPoint fresh = CrossbarSolver.Factorize(spec, options).Solve(volts);
            using (CrossbarSolver other = CrossbarSolver.Factorize(before, options)) other.Solve(RandomCrossbars.Volts(random, before.WordLineCount));

            using CrossbarSolver solver = CrossbarSolver.Factorize(spec, options);
            CrossbarOperatingPoint again = solver.Solve(volts);

            Assert.Equal(fresh.BitLineEndVolts.ToArray(), again.BitLineEndVolts.ToArray());
            Assert.Equal(fresh.BitLineEndAmps.ToArray(), again.BitLineEndAmps.ToArray());
            Assert.Equal(fresh.WordLineAmps.ToArray(), again.WordLineAmps.ToArray());
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_disposed_solver_is_refused()
    {
        CrossbarSolver solver = CrossbarSolver.Factorize(new CrossbarSpec(1, 1, [1e-6], 1, 1));
        solver.Dispose();
        solver.Dispose();

        Assert.Throws<ObjectDisposedException>(() => solver.Solve([0.1]));
    }

    private static double Largest(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        double largest = 0;
        for (int at = 0; at < expected.Length; at++) largest = Math.Max(largest, Math.Abs(expected[at] - actual[at]));
        return largest;
    }

    private static void CompareWithPlain(Func<CrossbarSpec, ICrossbarCore> create)
    {
        for (int seed = 1; seed <= 150; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = WithWires(random, RandomCrossbars.Any(random, 37));
            double[] volts = RandomCrossbars.Volts(random, spec.WordLineCount);
            double[] ends = RandomCrossbars.Volts(random, spec.BitLineCount, 1e-7);
            double[] words = RandomCrossbars.Volts(random, spec.ConductanceSiemens.Length, 1e-7);
            double[] bits = RandomCrossbars.Volts(random, spec.ConductanceSiemens.Length, 1e-7);
            bool hasPushed = seed % 2 == 0;
            var drive = new CrossbarDrive
            {
                SourceVolts = volts,
                EndAmps = hasPushed ? ends : [],
                WordNodeAmps = hasPushed ? words : [],
                BitNodeAmps = hasPushed ? bits : [],
            };
            CrossbarState expected = new PlainLineCore(spec).Solve(drive, 1e-14, 2000, hasNodes: true);
            ICrossbarCore core = create(spec);

            CrossbarState ports = core.Solve(drive, 1e-14, 2000, hasNodes: false), all = core.Solve(drive, 1e-14, 2000, hasNodes: true);

            // Both stop at 1e-14 V; the rest is rounding of voltages up to a volt over up to 37 nodes a line.
            const double Volts = 2e-13;
            double amps = Volts * spec.ConductanceSiemens.Span.ToArray().Sum();
            foreach (CrossbarState state in (CrossbarState[])[ports, all])
            {
                Close.Lists(expected.LastVolts, state.LastVolts, Volts, 0, $"seed {seed}: last volts");
                Close.Lists(expected.WordLineAmps, state.WordLineAmps, amps, 1e-12, $"seed {seed}: source amps");
                Close.Lists(expected.EndAmps, state.EndAmps, amps, 1e-12, $"seed {seed}: end amps");
            }

            Close.Lists(expected.WordDeviationVolts, all.WordDeviationVolts, Volts, 0, $"seed {seed}: word");
            Close.Lists(expected.BitVolts, all.BitVolts, Volts, 0, $"seed {seed}: bit");
        }
    }

    private static CrossbarSpec WithWires(Random random, CrossbarSpec spec) => new(
        spec.WordLineCount, spec.BitLineCount, spec.ConductanceSiemens.Span, 0.5 + 5 * random.NextDouble(), 0.5 + 5 * random.NextDouble(),
        spec.SourceOhms, spec.TerminalOhms, spec.BitLineEnd, spec.Convention);
}
