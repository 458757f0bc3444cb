using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

public sealed class CrossbarSolverTests
{
    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(WireConvention.C1)]
    [InlineData(WireConvention.C2)]
    public void One_device_is_a_series_circuit(WireConvention convention)
    {
        var spec = new CrossbarSpec(1, 1, [1e-3], 3, 5, 7, 11, convention: convention);

        CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec).Solve([2.0], hasNodeVolts: true);

        double ohms = 1000 + 7 + 11 + (convention == WireConvention.C1 ? 3 + 5 : 0);
        // A handful of roundings in a chain of five resistances.
        const double Relative = 1e-14;
        Close.Numbers(2 / ohms, point.BitLineEndAmps.Span[0], 0, Relative);
        Close.Numbers(2 / ohms, point.WordLineAmps.Span[0], 0, Relative);
        Close.Numbers(2 * 11 / ohms, point.BitLineEndVolts.Span[0], 0, Relative);
        Close.Numbers(2 - 2 / ohms * (7 + (convention == WireConvention.C1 ? 3 : 0)), point.WordLineNodeVolts.Span[0], 0, Relative);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Solve_with_ideal_wires_and_open_ends_matches_the_weighted_mean()
    {
        var spec = new CrossbarSpec(3, 2, [1e-6, 2e-6, 3e-6, 4e-6, 5e-6, 6e-6], bitLineEnd: BitLineEnd.Open);

        CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec).Solve([0.25, -0.1, 0.05]);

        // Three products, two sums and a division.
        const double Absolute = 1e-16;
        Close.Lists([(1 * 0.25 - 3 * 0.1 + 5 * 0.05) / 9, (2 * 0.25 - 4 * 0.1 + 6 * 0.05) / 12], point.BitLineEndVolts.Span, Absolute);
        Close.Lists([0, 0], point.BitLineEndAmps.Span, 0);
        Assert.Equal(CrossbarMethod.Direct, point.Method);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Solve_with_ideal_wires_and_grounded_ends_is_a_matrix_product()
    {
        var spec = new CrossbarSpec(2, 2, [1e-6, 2e-6, 3e-6, 4e-6]);

        CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec).Solve([0.5, -0.25]);

        // Two products and a sum.
        const double Relative = 1e-15;
        Close.Lists([0.5e-6 - 0.75e-6, 1e-6 - 1e-6], point.BitLineEndAmps.Span, 1e-21, Relative);
        Close.Lists([0.5 * 3e-6, -0.25 * 7e-6], point.WordLineAmps.Span, 0, Relative);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_kind_of_crossbar_matches_star_mesh_elimination()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Any(random);
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

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_grounded_bit_line_without_devices_stays_at_ground()
    {
        var spec = new CrossbarSpec(2, 2, [0, 1e-6, 0, 1e-6], 1, 1, 1);

        CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec).Solve([1.0, 1.0]);

        Assert.Equal(0, point.BitLineEndAmps.Span[0]);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(0)]
    [InlineData(2.5)]
    public void An_open_bit_line_without_devices_is_refused_by_name(double segmentOhms)
    {
        var spec = new CrossbarSpec(2, 3, [1e-6, 0, 1e-6, 1e-6, 0, 1e-6], segmentOhms, segmentOhms, bitLineEnd: BitLineEnd.Open);

        TopologyException error = Assert.Throws<TopologyException>(() => CrossbarSolver.Factorize(spec));

        Assert.Equal(["bit line 2"], error.Nodes);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Too_few_iterations_are_an_error_with_numbers()
    {
        CrossbarSpec spec = RandomCrossbars.Hard(new Random(1), 20, 20, BitLineEnd.Open);
        CrossbarSolver solver = CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { Method = CrossbarMethod.LineConjugateGradients, MostIterations = 2 });

        ConvergenceException error = Assert.Throws<ConvergenceException>(() => solver.Solve(RandomCrossbars.Volts(new Random(2), 20)));

        Assert.Equal(2, error.Iterations);
        Assert.True(error.Residual > 1e-12);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Sources_of_the_wrong_number_or_not_finite_are_refused()
    {
        CrossbarSolver solver = CrossbarSolver.Factorize(new CrossbarSpec(2, 1, [1e-6, 1e-6]));

        Assert.Throws<ArgumentException>("sourceVolts", () => solver.Solve([1.0]));
        Assert.Throws<ArgumentException>("sourceVolts", () => solver.Solve([1.0, double.NaN]));
    }

    private static void CompareWithOracle(CrossbarSpec spec, double[] volts, string what)
    {
        StarMeshOracle oracle = StarMeshOracle.Solve(spec, volts);

        CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec).Solve(volts, hasNodeVolts: true);

        // The solver's own tolerance of 1e-12 V, and rounding of voltages up to 0.25 V.
        const double AbsoluteVolts = 2e-12, Relative = 1e-10;
        Close.Lists(oracle.WordVolts(), point.WordLineNodeVolts.Span, AbsoluteVolts, Relative, $"{what}: word-line volts");
        Close.Lists(oracle.BitVolts(), point.BitLineNodeVolts.Span, AbsoluteVolts, Relative, $"{what}: bit-line volts");
        Close.Lists(oracle.EndVolts(), point.BitLineEndVolts.Span, AbsoluteVolts, Relative, $"{what}: end volts");
        // A device of the sum carries its voltage error times its conductance.
        double amps = AbsoluteVolts * spec.ConductanceSiemens.Span.ToArray().Sum();
        Close.Lists(oracle.DeviceAmpsOutOfWordLines(), point.WordLineAmps.Span, amps, Relative, $"{what}: source amps");
        Close.Lists(oracle.DeviceAmpsIntoBitLines(), point.BitLineEndAmps.Span, amps, Relative, $"{what}: end amps");
    }
}
