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

    [Fact]
    [Trait("Kind", "property")]
    public void Ports_of_any_grounded_crossbar_match_star_mesh_elimination()
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Any(random, 7, BitLineEnd.Ground);
            double[] volts = RandomCrossbars.Volts(random, spec.WordLineCount);
            StarMeshOracle oracle = StarMeshOracle.Solve(spec, volts);

            TransferMatrix transfer = TransferMatrix.Compute(spec);

            Assert.True(transfer.GateResponse.IsEmpty);
            // Rounding of a quarter volt on devices of 7.9 µS, a few a node.
            Close.Lists(oracle.DeviceAmpsIntoBitLines(), Product(transfer.EndAdmittanceSiemens.Span, volts), 1e-19, 1e-10, $"seed {seed}: end");
            Close.Lists(oracle.DeviceAmpsOutOfWordLines(), Product(transfer.SourceAdmittanceSiemens.Span, volts), 1e-19, 1e-10, $"seed {seed}: source");
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Gate_impedances_match_currents_pushed_into_each_gate()
    {
        for (int seed = 1; seed <= 80; seed++)
        {
            CrossbarSpec spec = RandomCrossbars.Any(new Random(seed), 9, BitLineEnd.Open);

            TransferMatrix transfer = TransferMatrix.Compute(spec, new TransferMatrixOptions { HasSourceAdmittance = false, HasGateImpedance = true });

            Assert.True(transfer.SourceAdmittanceSiemens.IsEmpty);
            double[] expected = IterativePorts.GateImpedance(spec);
            // Solves to 1e-15 V of about a volt, and rounding.
            Close.Lists(expected, transfer.GateImpedanceOhms.Span, 1e-13 * expected.Max(), 1e-12, $"seed {seed}");
        }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(45, 30, 7)]
    [InlineData(9, 70, 8)]
    [InlineData(130, 3, 9)]
    [InlineData(33, 33, 10)]
    [InlineData(150, 140, 11)]
    public void Every_way_to_reduce_agrees_with_one_solve_a_port_on_ordinary_and_hard_crossbars(int m, int n, int seed)
    {
        var random = new Random(seed);
        foreach (BitLineEnd end in (BitLineEnd[])[BitLineEnd.Open, BitLineEnd.Ground])
            foreach (CrossbarSpec spec in (CrossbarSpec[])[RandomCrossbars.Ordinary(random, m, n, end), RandomCrossbars.Hard(random, m, n, end)])
            {
                double[] ends = IterativePorts.Ends(spec), admittance = IterativePorts.SourceAdmittance(spec);
                var one = new TransferMatrixOptions { ThreadCount = 1 };
                List<TransferMatrix> found = [CholeskyPortReduction.Compute(spec, one, default)];
                if (DenseLanes256.IsSupported) found.Add(TilePortReduction.Compute<DenseLanes256, double>(spec, one, null, default));
                if (DenseLanes512.IsSupported) found.Add(TilePortReduction.Compute<DenseLanes512, double>(spec, one, null, default));

                foreach (TransferMatrix transfer in found)
                {
                    // The iterative side: 1e-15 V by its estimate, and rounding that resistive wires enlarge.
                    ReadOnlySpan<double> ours = end == BitLineEnd.Open ? transfer.GateResponse.Span : transfer.EndAdmittanceSiemens.Span;
                    Close.Lists(ends, ours, 1e-12 * ends.Max(), 1e-9, "ends");
                    Close.Lists(admittance, transfer.SourceAdmittanceSiemens.Span, 1e-12 * admittance.Max(), 1e-9, "sources");
                }
            }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(45, 30, BitLineEnd.Open)]
    [InlineData(200, 170, BitLineEnd.Open)]
    [InlineData(170, 200, BitLineEnd.Ground)]
    public void One_thread_and_two_give_the_same_bits(int m, int n, BitLineEnd end)
    {
        CrossbarSpec spec = RandomCrossbars.Ordinary(new Random(m), m, n, end);
        var options = new TransferMatrixOptions { HasGateImpedance = end == BitLineEnd.Open };

        TransferMatrix one = TransferMatrix.Compute(spec, options with { ThreadCount = 1 }), two = TransferMatrix.Compute(spec, options with { ThreadCount = 2 });

        Assert.Equal(one.GateResponse.ToArray(), two.GateResponse.ToArray());
        Assert.Equal(one.EndAdmittanceSiemens.ToArray(), two.EndAdmittanceSiemens.ToArray());
        Assert.Equal(one.SourceAdmittanceSiemens.ToArray(), two.SourceAdmittanceSiemens.ToArray());
        Assert.Equal(one.GateImpedanceOhms.ToArray(), two.GateImpedanceOhms.ToArray());
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
    public void One_device_is_a_series_circuit()
    {
        var open = new CrossbarSpec(1, 1, [1e-3], 3, 5, 7, bitLineEnd: BitLineEnd.Open);
        var grounded = new CrossbarSpec(1, 1, [1e-3], 3, 5, 7, 11);

        TransferMatrix gate = TransferMatrix.Compute(open, new TransferMatrixOptions { HasGateImpedance = true }), end = TransferMatrix.Compute(grounded);

        // A handful of roundings in a chain of resistances.
        Close.Lists([1], gate.GateResponse.Span, 1e-15);
        Close.Lists([1000 + 3 + 5 + 7], gate.GateImpedanceOhms.Span, 0, 1e-14);
        Close.Lists([1.0 / (1000 + 3 + 5 + 7 + 11)], end.EndAdmittanceSiemens.Span, 0, 1e-14);
        Close.Lists([1.0 / (1000 + 3 + 5 + 7 + 11)], end.SourceAdmittanceSiemens.Span, 0, 1e-14);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Gate_impedances_of_grounded_ends_are_refused() =>
        Assert.Throws<InvalidDesignException>(() => TransferMatrix.Compute(new CrossbarSpec(1, 1, [1e-6]), new TransferMatrixOptions { HasGateImpedance = true }));

    private static double[] Product(ReadOnlySpan<double> matrix, double[] x)
    {
        var y = new double[matrix.Length / x.Length];
        for (int i = 0; i < y.Length; i++)
            for (int k = 0; k < x.Length; k++) y[i] += matrix[i * x.Length + k] * x[k];
        return y;
    }
}
