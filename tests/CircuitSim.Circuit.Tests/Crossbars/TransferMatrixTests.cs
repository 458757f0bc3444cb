using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

public sealed class TransferMatrixTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Ports_of_any_crossbar_match_star_mesh_elimination()
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Any(random, 7, BitLineEnd.Open);
            double[] volts = RandomCrossbars.Volts(random, spec.WordLineCount);
            StarMeshOracle oracle = StarMeshOracle.Solve(spec, volts);

            TransferMatrix transfer = TransferMatrix.Compute(spec);

            // Solves to 1e-15 V at one volt, and the rounding of sums over word lines.
            Close.Lists(oracle.EndVolts(), Product(transfer.GateResponse.Span, volts), 1e-13, 0, $"seed {seed}: gate");
            Close.Lists(oracle.DeviceAmpsOutOfWordLines(), Product(transfer.SourceAdmittanceSiemens.Span, volts), 1e-18, 1e-10, $"seed {seed}: source");
        }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(40, 12)]
    [InlineData(12, 40)]
    public void Every_gate_follows_its_sources_and_the_admittance_is_symmetric(int m, int n)
    {
        TransferMatrix transfer = TransferMatrix.Compute(RandomCrossbars.Ordinary(new Random(1), m, n));

        double[] ones = [.. Enumerable.Repeat(1.0, m)];
        // One rounding a word line.
        Close.Lists([.. Enumerable.Repeat(1.0, n)], Product(transfer.GateResponse.Span, ones), 1e-14);
        ReadOnlySpan<double> y = transfer.SourceAdmittanceSiemens.Span;
        for (int i = 0; i < m; i++)
            for (int k = 0; k < m; k++) Assert.Equal(y[i * m + k], y[k * m + i]);
        // One rounding a word line of the largest entry, below 1 mS.
        Close.Lists(new double[m], Product(y, ones), 1e-17);
    }

    [SkippableTheory]
    [Trait("Kind", "property")]
    [InlineData(45, 30, 7)]
    [InlineData(9, 70, 8)]
    [InlineData(130, 3, 9)]
    [InlineData(33, 33, 10)]
    public void Tiles_agree_with_one_solve_a_port_on_ordinary_and_hard_crossbars(int m, int n, int seed)
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");
        var random = new Random(seed);
        foreach (CrossbarSpec spec in (CrossbarSpec[])[RandomCrossbars.Ordinary(random, m, n), RandomCrossbars.Hard(random, m, n, BitLineEnd.Open)])
        {
            TransferMatrix expected = IterativePortReduction.Compute(spec, true, default);

            TransferMatrix one = TilePortReduction.Compute<DenseLanes256>(spec, true, 1, default);
            TransferMatrix two = TilePortReduction.Compute<DenseLanes256>(spec, true, 2, default);

            Assert.Equal(one.GateResponse.ToArray(), two.GateResponse.ToArray());
            Assert.Equal(one.SourceAdmittanceSiemens.ToArray(), two.SourceAdmittanceSiemens.ToArray());
            // The iterative side: 1e-15 V by its estimate, and rounding that resistive wires enlarge.
            Close.Lists(expected.GateResponse.Span, one.GateResponse.Span, 1e-12);
            double largest = expected.SourceAdmittanceSiemens.ToArray().Max();
            Close.Lists(expected.SourceAdmittanceSiemens.Span, one.SourceAdmittanceSiemens.Span, 1e-12 * largest, 1e-9);
        }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(784, 100)]
    [InlineData(100, 300)]
    public void Every_gate_of_a_large_crossbar_is_a_mean_of_its_sources(int m, int n)
    {
        TransferMatrix transfer = TransferMatrix.Compute(RandomCrossbars.Ordinary(new Random(2), m, n), hasSourceAdmittance: false);

        // Promised in the design: sums of hundreds of positive shares, each rounded once.
        Close.Lists([.. Enumerable.Repeat(1.0, n)], Product(transfer.GateResponse.Span, [.. Enumerable.Repeat(1.0, m)]), 1e-14);
        foreach (double share in transfer.GateResponse.Span) Assert.True(share > 0);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Grounded_ends_are_refused() =>
        Assert.Throws<InvalidDesignException>(() => TransferMatrix.Compute(new CrossbarSpec(1, 1, [1e-6])));

    private static double[] Product(ReadOnlySpan<double> matrix, double[] x)
    {
        var y = new double[matrix.Length / x.Length];
        for (int i = 0; i < y.Length; i++)
            for (int k = 0; k < x.Length; k++) y[i] += matrix[i * x.Length + k] * x[k];
        return y;
    }
}
