using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Randomness;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Linear;

public sealed class PatchGemmTests
{
    public static TheoryData<string, int, int, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, int, int, bool>();
            foreach (string kernel in new[] { "512", "256", "scalar" })
                foreach ((int rows, int columns) in ((int, int)[])[(1, 1), (3, 10), (8, 32), (9, 33), (17, 70), (12, 16)])
                    foreach (bool accumulate in new[] { false, true }) data.Add(kernel, rows, columns, accumulate);
            return data;
        }
    }

    private static GemmDepth Depth { get; } = new(new GemmLoop(2, 400, 1500), new GemmLoop(3, 50, 300), new GemmLoop(5, 2, 96));

    [SkippableTheory]
    [Trait("Kind", "closed form")]
    [MemberData(nameof(Cases))]
    public void Multiply_agrees_with_plain_loops(string name, int rows, int columns, bool accumulate)
    {
        const int rowStride = 7;
        double[] left = Numbers(400 + 100 + 8 + 17 * rowStride + 1, "left"), right = Numbers(1500 + 600 + 4 * 96 + 96, "right"), start = Numbers(rows * (columns + 2), "product");
        double[] expected = [.. start], actual = [.. start];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                double sum = accumulate ? start[i * (columns + 2) + j] : 0;
                for (int p = 0; p < 2; p++)
                    for (int q = 0; q < 3; q++)
                        for (int k = 0; k < 5; k++) sum += left[i * rowStride + 400 * p + 50 * q + 2 * k] * right[j + 1500 * p + 300 * q + 96 * k];
                expected[i * (columns + 2) + j] = sum;
            }

        PatchGemm.Multiply(Kernel(name), left, rowStride, right, Depth, rows, columns, actual, columns + 2, accumulate);

        // Thirty-one terms of at most one, summed in two orders.
        Close.Lists(expected, actual, 2 * 31 * 31 * Math.ScaleB(1, -53));
    }

    [SkippableTheory]
    [Trait("Kind", "closed form")]
    [MemberData(nameof(Cases))]
    public void Multiply_of_floats_agrees_with_doubles(string name, int rows, int columns, bool accumulate)
    {
        double[] left = Numbers(640, "left"), right = Numbers(2600, "right"), start = Numbers(rows * columns, "product"), expected = [.. start];
        float[] actual = [.. start.Select(v => (float)v)];
        PatchGemm.Multiply(PatchKernels.Scalar, left, 7, right, Depth, rows, columns, expected, columns, accumulate);

        PatchGemm.Multiply<float>(SingleKernel(name), [.. left.Select(v => (float)v)], 7, [.. right.Select(v => (float)v)], Depth, rows, columns, actual, columns, accumulate);

        // Factors, products and sums of at most 31 are rounded to 24 bits.
        Close.Lists(expected, [.. actual.Select(v => (double)v)], 3 * 31 * 31 * Math.ScaleB(1, -24));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void What_would_be_read_or_written_outside_is_refused()
    {
        double[] numbers = new double[100];
        var depth = new GemmDepth(GemmLoop.Once, GemmLoop.Once, new GemmLoop(4, 1, 16));

        Assert.Throws<ArgumentException>("left", () => PatchGemm.Multiply<double>(new double[10], 4, numbers, depth, 3, 8, new double[24], 8));
        Assert.Throws<ArgumentException>("right", () => PatchGemm.Multiply<double>(numbers, 4, new double[55], depth, 3, 8, new double[24], 8));
        Assert.Throws<ArgumentException>("product", () => PatchGemm.Multiply<double>(numbers, 4, numbers, depth, 3, 8, new double[23], 8));
        Assert.Throws<ArgumentOutOfRangeException>("depth", () => PatchGemm.Multiply<double>(numbers, 4, numbers, default, 3, 8, new double[24], 8));
        Assert.Throws<ArgumentOutOfRangeException>("productRowStride", () => PatchGemm.Multiply<double>(numbers, 4, numbers, depth, 3, 8, new double[24], 7));
    }

    private static string Supported(string name)
    {
        Skip.If((name == "512" && !DenseLanes512.IsSupported) || (name == "256" && !DenseLanes256.IsSupported), "needs wider vectors");
        return name;
    }

    private static PatchKernel<double> Kernel(string name) => Supported(name) switch { "512" => PatchKernels.Wide512, "256" => PatchKernels.Wide256, _ => PatchKernels.Scalar };

    private static PatchKernel<float> SingleKernel(string name) =>
        Supported(name) switch { "512" => PatchKernels.SingleWide512, "256" => PatchKernels.SingleWide256, _ => PatchKernels.SingleScalar };

    private static double[] Numbers(int count, string purpose)
    {
        var random = new CounterRandom(1, purpose);
        return [.. Enumerable.Range(0, count).Select(i => random.Uniform((ulong)i, -1, 1))];
    }
}
