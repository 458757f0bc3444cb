using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

public sealed class SinglePrecisionTests
{
    private static readonly TransferMatrixOptions Single = new() { Precision = TransferPrecision.Binary32 };

    public static TheoryData<int, int, bool, BitLineEnd> Sizes
    {
        get
        {
            var data = new TheoryData<int, int, bool, BitLineEnd>();
            foreach (BitLineEnd end in new[] { BitLineEnd.Open, BitLineEnd.Ground })
                foreach (bool isHard in new[] { false, true })
                    foreach ((int m, int n) in new[] { (1, 1), (2, 3), (9, 5), (33, 70), (128, 128), (300, 60) }) data.Add(m, n, isHard, end);
            return data;
        }
    }

    [SkippableTheory]
    [Trait("Kind", "property")]
    [MemberData(nameof(Sizes))]
    public void Every_stated_error_holds_and_is_that_of_single_precision(int m, int n, bool isHard, BitLineEnd end)
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");
        var random = new Random(m + n);

        Check(isHard ? RandomCrossbars.Hard(random, m, n, end) : RandomCrossbars.Ordinary(random, m, n, end));
    }

    [SkippableTheory]
    [Trait("Kind", "property")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Stated_errors_hold_with_faults_and_absent_devices(int seed)
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");
        var random = new Random(seed);
        foreach (BitLineEnd end in new[] { BitLineEnd.Open, BitLineEnd.Ground })
            foreach (WireConvention convention in new[] { WireConvention.C1, WireConvention.C2 })
            {
                double[] g = RandomCrossbars.Conductances(random, 40 * 25, 1e-7, 1e-4);
                for (int at = 25; at < g.Length; at++) if (random.Next(4) == 0) g[at] = 0;
                var whole = new CrossbarSpec(40, 25, g, 5, 3, 50, end == BitLineEnd.Ground ? 7 : 0, end, convention);

                Check(whole);
                Check(RandomCrossbars.WithFaults(random, whole));
            }
    }

    // Ten decades between wires and devices, and devices so small that their products leave the range of floats unless the unit is chosen.
    [SkippableTheory]
    [Trait("Kind", "property")]
    [InlineData(1e-3, 1e-12, 1e-9)]
    [InlineData(1e-3, 1e-25, 1e-22)]
    [InlineData(1e6, 1e-4, 1e-2)]
    public void Stated_errors_hold_whatever_the_scale(double segmentOhms, double least, double most)
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");
        double[] g = RandomCrossbars.Conductances(new Random(5), 30 * 20, least, most);

        Check(new CrossbarSpec(30, 20, g, segmentOhms, segmentOhms, 10 * segmentOhms, bitLineEnd: BitLineEnd.Open), relative: 1e-4);
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void One_thread_and_two_give_the_same_bits_in_single_precision()
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");
        CrossbarSpec spec = RandomCrossbars.Ordinary(new Random(4), 200, 170);
        TransferMatrixOptions options = Single with { HasGateImpedance = true };

        TransferMatrix one = TransferMatrix.Compute(spec, options with { ThreadCount = 1 }), two = TransferMatrix.Compute(spec, options with { ThreadCount = 2 });

        Assert.Equal(one.GateResponse.ToArray(), two.GateResponse.ToArray());
        Assert.Equal(one.SourceAdmittanceSiemens.ToArray(), two.SourceAdmittanceSiemens.ToArray());
        Assert.Equal(one.GateImpedanceOhms.ToArray(), two.GateImpedanceOhms.ToArray());
        Assert.Equal(one.SingleError, two.SingleError);
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void Errors_beyond_the_limit_give_the_bits_of_double_and_say_so()
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");
        CrossbarSpec spec = RandomCrossbars.Ordinary(new Random(4), 50, 40);

        TransferMatrix plain = TransferMatrix.Compute(spec), refused = TransferMatrix.Compute(spec, Single with { LargestSingleError = 1e-9 });

        Assert.Null(plain.SingleError);
        Assert.Equal(TransferPrecision.Binary64, refused.Precision);
        Assert.True(refused.SingleError!.Relative > 1e-9);
        Assert.Equal(plain.GateResponse.ToArray(), refused.GateResponse.ToArray());
        Assert.Equal(plain.SourceAdmittanceSiemens.ToArray(), refused.SourceAdmittanceSiemens.ToArray());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Ideal_wires_are_reduced_in_double_and_limits_are_checked()
    {
        var ideal = new CrossbarSpec(2, 1, [1e-6, 2e-6], bitLineEnd: BitLineEnd.Open);

        TransferMatrix transfer = TransferMatrix.Compute(ideal, Single);

        Assert.Equal(TransferPrecision.Binary64, transfer.Precision);
        Assert.Null(transfer.SingleError);
        Assert.Throws<ArgumentOutOfRangeException>(() => TransferMatrix.Compute(ideal, Single with { LargestSingleError = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransferMatrix.Compute(ideal, Single with { Precision = (TransferPrecision)7 }));
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void Kept_tiles_of_single_precision_give_the_bits_of_a_fresh_reduction()
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");
        TransferMatrixTiles tiles = TransferMatrixTiles.Create(RandomCrossbars.Ordinary(new Random(6), 90, 70), Single);

        TransferMatrix changed = tiles.Change([new DeviceChange(40, 30, 3e-6), new DeviceChange(41, 30, 0)]);

        TransferMatrix fresh = TransferMatrix.Compute(tiles.Spec, Single);
        Assert.Equal(TransferPrecision.Binary32, changed.Precision);
        Assert.Equal(fresh.GateResponse.ToArray(), changed.GateResponse.ToArray());
        Assert.Equal(fresh.SourceAdmittanceSiemens.ToArray(), changed.SourceAdmittanceSiemens.ToArray());
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(TransferPrecision.Binary64, BitLineEnd.Open)]
    [InlineData(TransferPrecision.Binary32, BitLineEnd.Open)]
    [InlineData(TransferPrecision.Binary32, BitLineEnd.Ground)]
    public void Many_inputs_are_one_product_within_the_stated_error(TransferPrecision precision, BitLineEnd end)
    {
        const int samples = 70;
        var random = new Random(8);
        CrossbarSpec spec = RandomCrossbars.Hard(random, 150, 40, end);
        float[] volts = [.. RandomCrossbars.Volts(random, samples * 150).Select(v => (float)v)];
        double[] exact = new double[samples * 40];
        TransferMatrix.Compute(spec).Apply([.. volts.Select(v => (double)v)], samples, exact);
        TransferMatrix transfer = TransferMatrix.Compute(spec, Single with { Precision = precision });
        SingleResponse response = transfer.ToSingle();
        float[] one = new float[samples * 40], two = new float[samples * 40];

        response.Apply(volts, samples, one);
        response.Apply(volts, samples, two, maxThreads: 2);

        Assert.Equal(one, two);
        for (int s = 0; s < samples; s++)
        {
            double bound = response.ErrorBound(volts.AsSpan(s * 150, 150)), scale = exact.Max(Math.Abs);
            // A bound that says something: 153 roundings of 6e-8, and eight times a handful of them.
            Assert.InRange(bound / scale, 1e-7, 1e-3);
            for (int j = 0; j < 40; j++) Close.Numbers(exact[s * 40 + j], one[s * 40 + j], bound);
        }

        // The same inputs one by one, in double, with the estimate of a solve.
        CrossbarOperatingPoint point = transfer.Solve([.. volts.Take(150).Select(v => (double)v)]);
        double perUnit = end == BitLineEnd.Open ? 1 : spec.TerminalOhms;
        for (int j = 0; j < 40; j++) Close.Numbers(perUnit * exact[j], point.BitLineEndVolts.Span[j], point.ErrorEstimateVolts + 1e-14);
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void A_network_on_crossbars_of_single_precision_stays_within_a_microvolt_or_so()
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");
        var random = new Random(9);
        LayerCircuit Layer(int inputs, int outputs) =>
            new(new CrossbarSpec(2 * inputs + 2, outputs, RandomCrossbars.Conductances(random, (2 * inputs + 2) * outputs, 0.12e-6, 1e-6), 2.5, 2.5, bitLineEnd: BitLineEnd.Open));
        var circuit = new NetworkCircuit(0.5, InverterModel.EkvPhax90, [Layer(30, 20), Layer(20, 5)]);
        double[] inputs = RandomCrossbars.Volts(random, 40 * 30);

        NetworkSolver single = NetworkSolver.Create(circuit, new NetworkSolverOptions { Precision = TransferPrecision.Binary32 });
        double[] actual = single.SolveBatch(inputs, 40).Layers[^1].GateVolts.ToArray();
        double[] expected = NetworkSolver.Create(circuit).SolveBatch(inputs, 40).Layers[^1].GateVolts.ToArray();

        Assert.All(single.Transfers, t => Assert.Equal(TransferPrecision.Binary32, t.Precision));
        // A few 1e-7 of half a volt, enlarged by two inverters of a gain of about ten.
        Close.Lists(expected, actual, 2e-5);
        Assert.NotEqual(expected, actual);
    }

    private static void Check(CrossbarSpec spec, double relative = 3e-5)
    {
        bool isOpen = spec.BitLineEnd == BitLineEnd.Open;
        var options = new TransferMatrixOptions { HasGateImpedance = isOpen };
        TransferMatrix exact = TransferMatrix.Compute(spec, options), single = TransferMatrix.Compute(spec, options with { Precision = TransferPrecision.Binary32 });
        SinglePrecisionError error = single.SingleError!;

        Assert.True(error.Relative < relative, $"{error.Relative}");
        Assert.Equal(TransferPrecision.Binary32, single.Precision);
        // Double differs from exact by far less than what single keeps.
        Holds(exact.GateResponse.Span, single.GateResponse.Span, spec.WordLineCount, error.GateResponse);
        Holds(exact.EndAdmittanceSiemens.Span, single.EndAdmittanceSiemens.Span, spec.WordLineCount, error.EndAdmittanceSiemens);
        Holds(exact.SourceAdmittanceSiemens.Span, single.SourceAdmittanceSiemens.Span, spec.WordLineCount, error.SourceAdmittanceSiemens);
        Holds(exact.GateImpedanceOhms.Span, single.GateImpedanceOhms.Span, spec.BitLineCount, error.GateImpedanceOhms);
        if (!isOpen) return;

        // Gates are means of sources whatever the precision of the weights: substitution is in double.
        Assert.InRange(error.RowSum, 0, 1e-13);
        ReadOnlySpan<double> response = single.GateResponse.Span;
        for (int j = 0; j < spec.BitLineCount; j++)
            Close.Numbers(1, DenseKernels.Sum(response.Slice(j * spec.WordLineCount, spec.WordLineCount)), error.RowSum);
    }

    private static void Holds(ReadOnlySpan<double> exact, ReadOnlySpan<double> single, int columns, double bound)
    {
        Assert.Equal(exact.Length, single.Length);
        for (int row = 0; row < exact.Length; row += columns)
        {
            double squares = 0;
            for (int k = row; k < row + columns; k++) squares += (exact[k] - single[k]) * (exact[k] - single[k]);
            Assert.True(Math.Sqrt(squares) <= bound, $"row {row / columns}: {Math.Sqrt(squares)} beyond {bound}");
        }
    }
}
