using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>The direct method against the iterative one, a dense oracle and closed forms.</summary>
public sealed class CholeskyTests
{
    private static readonly CrossbarSolverOptions DirectOptions = new() { Method = CrossbarMethod.Cholesky };

    // Every port and node of a passive circuit, to a few roundings a node of its lines.
    private const double Relative = 1e-10;

    [Fact]
    [Trait("Kind", "property")]
    public void Every_kind_of_crossbar_matches_star_mesh_elimination()
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Any(random, seed % 10 == 0 ? 14 : 7);
            double[] volts = RandomCrossbars.Volts(random, spec.WordLineCount);
            CompareWithOracle(spec, volts, $"seed {seed}");
        }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(20, 20, BitLineEnd.Open)]
    [InlineData(20, 20, BitLineEnd.Ground)]
    [InlineData(40, 6, BitLineEnd.Open)]
    [InlineData(6, 40, BitLineEnd.Ground)]
    public void Hard_crossbars_match_star_mesh_elimination(int m, int n, BitLineEnd end)
    {
        var random = new Random(m + n);
        CrossbarSpec spec = RandomCrossbars.Hard(random, m, n, end);

        CompareWithOracle(spec, RandomCrossbars.Volts(random, m), $"{m}x{n} {end}");
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(256, 256, BitLineEnd.Open, true)]
    [InlineData(256, 256, BitLineEnd.Ground, true)]
    [InlineData(256, 256, BitLineEnd.Open, false)]
    [InlineData(64, 200, BitLineEnd.Ground, false)]
    [InlineData(1, 300, BitLineEnd.Open, true)]
    [InlineData(300, 1, BitLineEnd.Ground, true)]
    public void Large_crossbars_match_conjugate_gradients(int m, int n, BitLineEnd end, bool isHard)
    {
        var random = new Random(m + n);
        CrossbarSpec spec = isHard ? RandomCrossbars.Hard(random, m, n, end) : RandomCrossbars.Ordinary(random, m, n, end);
        double[] volts = RandomCrossbars.Volts(random, m);
        var iterative = new CrossbarSolverOptions { Method = CrossbarMethod.LineConjugateGradients, ToleranceVolts = 1e-14 };

        CrossbarOperatingPoint direct = CrossbarSolver.Factorize(spec, DirectOptions).Solve(volts, hasNodeVolts: true);

        CrossbarOperatingPoint expected = CrossbarSolver.Factorize(spec, iterative).Solve(volts, hasNodeVolts: true);
        Assert.Equal(CrossbarMethod.Cholesky, direct.Method);
        Assert.Equal(CrossbarMethod.LineConjugateGradients, expected.Method);
        Assert.Equal(0, direct.Iterations);
        // Relative to the largest of each kind; currents that have to vanish are rounding of a quarter volt on all devices.
        double floor = 1e-16 * spec.ConductanceSiemens.Span.ToArray().Sum();
        CloseToLargest(expected.WordLineNodeVolts, direct.WordLineNodeVolts, "word-line volts");
        CloseToLargest(expected.BitLineNodeVolts, direct.BitLineNodeVolts, "bit-line volts");
        CloseToLargest(expected.BitLineEndAmps, direct.BitLineEndAmps, "end amps", floor);
        CloseToLargest(expected.WordLineAmps, direct.WordLineAmps, "source amps", floor);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void One_factor_solves_any_number_of_drives()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Any(random, 20);
            ICrossbarCore iterative = CrossbarCores.Iterative(spec), direct = new CholeskyCore(spec);
            int count = spec.ConductanceSiemens.Length;
            for (int repeat = 0; repeat < 2; repeat++)
            {
                var drive = new CrossbarDrive
                {
                    SourceVolts = RandomCrossbars.Volts(random, spec.WordLineCount),
                    EndAmps = RandomCrossbars.Volts(random, spec.BitLineCount, 1e-7),
                    WordNodeAmps = RandomCrossbars.Volts(random, count, 1e-7),
                    BitNodeAmps = RandomCrossbars.Volts(random, count, 1e-7),
                };

                CrossbarState expected = iterative.Solve(drive, 1e-14, 2000, hasNodes: true), found = direct.Solve(drive, 1e-14, 2000, hasNodes: true);

                // The iteration stops at 1e-14 V by its estimate; the rest is rounding of voltages up to a volt.
                Close.Lists(expected.WordDeviationVolts, found.WordDeviationVolts, 2e-13, 0, $"seed {seed}");
                Close.Lists(expected.BitVolts, found.BitVolts, 2e-13, 0, $"seed {seed}");
            }
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(64, 2.5, 1e-6, 1, CrossbarMethod.LineConjugateGradients)]
    [InlineData(64, 2.5, 1e-6, 10_000, CrossbarMethod.LineConjugateGradients)]
    [InlineData(64, 10, 1e-2, 1, CrossbarMethod.LineConjugateGradients)]
    [InlineData(64, 30, 1e-2, 100, CrossbarMethod.Cholesky)]
    [InlineData(64, 1000, 1, 1, CrossbarMethod.Cholesky)]
    [InlineData(64, 0, 1e-6, 100, CrossbarMethod.Direct)]
    public void The_choice_follows_wires_and_number_of_solves(int size, double segmentOhms, double siemens, int solves, CrossbarMethod expected)
    {
        double[] g = [.. Enumerable.Repeat(siemens, size * size)];
        var spec = new CrossbarSpec(size, size, g, segmentOhms, segmentOhms, bitLineEnd: BitLineEnd.Open);

        CrossbarSolver solver = CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { ExpectedSolveCount = solves });

        Assert.Equal(expected, solver.Method);
        Assert.Equal(expected, solver.Solve(new double[size]).Method);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Methods_that_do_not_serve_are_refused()
    {
        var ideal = new CrossbarSpec(2, 2, [1e-6, 1e-6, 1e-6, 1e-6], sourceOhms: 1);

        Assert.Throws<InvalidDesignException>(() => CrossbarSolver.Factorize(ideal, new CrossbarSolverOptions { Method = CrossbarMethod.LineConjugateGradients }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossbarSolver.Factorize(ideal, new CrossbarSolverOptions { Method = CrossbarMethod.Newton }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossbarSolver.Factorize(ideal, new CrossbarSolverOptions { ExpectedSolveCount = 0 }));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_floating_bit_line_is_refused_by_name()
    {
        var spec = new CrossbarSpec(2, 2, [1e-6, 0, 1e-6, 0], 1, 1, bitLineEnd: BitLineEnd.Open);

        TopologyException error = Assert.Throws<TopologyException>(() => CrossbarSolver.Factorize(spec, DirectOptions));

        Assert.Equal(["bit line 2"], error.Nodes);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Conductances_beyond_the_range_of_doubles_are_singular()
    {
        // Devices of 1e308 S add up to infinity.
        var spec = new CrossbarSpec(2, 2, [1e308, 1e308, 1e308, 1e308], bitLineEnd: BitLineEnd.Open, sourceOhms: 1);

        Assert.Throws<SingularSystemException>(() => CrossbarSolver.Factorize(spec, DirectOptions));
    }

    private static void CompareWithOracle(CrossbarSpec spec, double[] volts, string what)
    {
        StarMeshOracle oracle = StarMeshOracle.Solve(spec, volts);

        CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec, DirectOptions).Solve(volts, hasNodeVolts: true);

        // Rounding of voltages up to 0.25 V, relative to the largest: 1e-14 of them, four digits below what is promised.
        const double Volts = 1e-14;
        Close.Lists(oracle.WordVolts(), point.WordLineNodeVolts.Span, Volts, 0, $"{what}: word-line volts");
        Close.Lists(oracle.BitVolts(), point.BitLineNodeVolts.Span, Volts, 0, $"{what}: bit-line volts");
        Close.Lists(oracle.EndVolts(), point.BitLineEndVolts.Span, Volts, 0, $"{what}: end volts");
        double amps = Volts * spec.ConductanceSiemens.Span.ToArray().Sum();
        Close.Lists(oracle.DeviceAmpsOutOfWordLines(), point.WordLineAmps.Span, amps, 0, $"{what}: source amps");
        Close.Lists(oracle.DeviceAmpsIntoBitLines(), point.BitLineEndAmps.Span, amps, 0, $"{what}: end amps");
        double worst = oracle.WordVolts().Zip(point.WordLineNodeVolts.ToArray(), (a, b) => Math.Abs(a - b))
            .Concat(oracle.BitVolts().Zip(point.BitLineNodeVolts.ToArray(), (a, b) => Math.Abs(a - b))).Max();
        // The estimate is one of rounding; the oracle rounds as well, and a word-line voltage is a sum of source and deviation.
        Assert.InRange(worst, 0, 4 * point.ErrorEstimateVolts + 2e-16);
    }

    private static void CloseToLargest(ReadOnlyMemory<double> expected, ReadOnlyMemory<double> actual, string what, double floor = 0) =>
        Close.Lists(expected.ToArray(), actual.Span, Relative * expected.ToArray().Max(Math.Abs) + floor, 0, what);
}
