using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Randomness;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Linear;

public sealed class GemmTests
{
    public static TheoryData<string, int, int, int, bool, bool, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, int, int, int, bool, bool, bool>();
            (int, int, int)[] shapes = [(1, 1, 1), (8, 16, 4), (7, 15, 3), (32, 100, 196), (196, 100, 32), (32, 10, 100), (100, 33, 300), (13, 150, 520)];
            foreach (string kernel in new[] { "512", "256", "scalar" })
                foreach ((int m, int n, int k) in shapes)
                    for (int bits = 0; bits < 8; bits++) data.Add(kernel, m, n, k, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            return data;
        }
    }

    [SkippableTheory]
    [Trait("Kind", "closed form")]
    [MemberData(nameof(Cases))]
    public void Multiply_agrees_with_three_plain_loops(string name, int m, int n, int k, bool transposeLeft, bool transposeRight, bool accumulate)
    {
        double[] a = Numbers(m * k, "left"), b = Numbers(k * n, "right"), start = Numbers(m * (n + 3), "product");
        GemmView<double> left = transposeLeft ? GemmView.RowMajor(a, k, m).Transposed : GemmView.RowMajor(a, m, k);
        GemmView<double> right = transposeRight ? GemmView.RowMajor(b, n, k).Transposed : GemmView.RowMajor(b, k, n);
        double[] expected = [.. start];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = accumulate ? expected[i * (n + 3) + j] : 0;
                for (int p = 0; p < k; p++) sum += a[transposeLeft ? p * m + i : i * k + p] * b[transposeRight ? j * k + p : p * n + j];
                expected[i * (n + 3) + j] = sum;
            }
        }

        double[] actual = [.. start];
        Gemm.Multiply(Kernel(name), left, right, actual, n + 3, accumulate, 1);

        // Both sums of k products of numbers below 1 carry at most k+1 roundings of partial sums below k.
        Close.Lists(expected, actual, 2.0 * (k + 1) * k * Math.ScaleB(1, -53));
    }

    [SkippableTheory]
    [Trait("Kind", "closed form")]
    [MemberData(nameof(Cases))]
    public void Multiply_of_floats_agrees_with_three_plain_loops(string name, int m, int n, int k, bool transposeLeft, bool transposeRight, bool accumulate) =>
        CompareFloats(SingleKernel(name), m, n, k, transposeLeft, transposeRight, accumulate);

    // Convolutions of small images as products over a batch of 64.
    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(64, 32, 288, false, false)]
    [InlineData(64, 128, 1152, false, false)]
    [InlineData(64, 288, 32, false, true)]
    [InlineData(1152, 128, 64, true, false)]
    public void Multiply_of_floats_serves_layers_of_a_convolution(int m, int n, int k, bool transposeLeft, bool transposeRight) =>
        CompareFloats(GemmKernels.Best<float>(), m, n, k, transposeLeft, transposeRight, accumulate: false);

    private static void CompareFloats(GemmKernel<float> kernel, int m, int n, int k, bool transposeLeft, bool transposeRight, bool accumulate)
    {
        float[] a = Floats(m * k, "left"), b = Floats(k * n, "right"), start = Floats(m * (n + 3), "product"), actual = [.. start];
        GemmView<float> left = transposeLeft ? GemmView.RowMajor(a, k, m).Transposed : GemmView.RowMajor(a, m, k);
        GemmView<float> right = transposeRight ? GemmView.RowMajor(b, n, k).Transposed : GemmView.RowMajor(b, k, n);

        Gemm.Multiply(kernel, left, right, actual, n + 3, accumulate, 1);

        for (int i = 0; i < m; i++)
            for (int j = 0; j < n + 3; j++)
            {
                // Columns beyond the product stay as they are.
                double sum = j >= n || accumulate ? start[i * (n + 3) + j] : 0, magnitude = Math.Abs(sum);
                for (int p = 0; p < k && j < n; p++)
                {
                    double term = (double)a[transposeLeft ? p * m + i : i * k + p] * b[transposeRight ? j * k + p : p * n + j];
                    sum += term;
                    magnitude += Math.Abs(term);
                }

                // One rounding a term, one a block of the depth and one for what was there, each of a sum of at most all magnitudes.
                Close.Numbers(sum, actual[i * (n + 3) + j], j < n ? (k + k / 256 + 2) * Math.ScaleB(1, -24) * magnitude : 0);
            }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Products_of_floats_have_the_same_bits_for_any_number_of_threads()
    {
        float[] a = Floats(203 * 301, "left"), b = Floats(301 * 149, "right");
        float[][] products = new float[3][];
        for (int threads = 1; threads <= 3; threads++)
        {
            products[threads - 1] = new float[203 * 149];
            Gemm.Multiply(GemmView.RowMajor(a, 203, 301), GemmView.RowMajor(b, 301, 149), products[threads - 1], 149, maxThreads: threads);
        }

        Assert.All(products, p => Assert.Equal(products[0], p));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_result_is_the_same_to_the_last_bit_for_any_number_of_threads()
    {
        double[] a = Numbers(203 * 301, "left"), b = Numbers(301 * 149, "right");
        double[][] products = new double[4][];
        for (int threads = 1; threads <= 4; threads++)
        {
            products[threads - 1] = new double[203 * 149];
            Gemm.Multiply(GemmView.RowMajor(a, 203, 301), GemmView.RowMajor(b, 301, 149), products[threads - 1], 149, maxThreads: threads);
        }

        Assert.All(products, p => Assert.Equal(products[0], p));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Every_second_row_is_a_view_without_a_copy()
    {
        double[] b = [1, 2, 90, 91, 3, 4, 92, 93];
        double[] product = new double[2];

        Gemm.Multiply(GemmView.RowMajor([10.0, 100], 1, 2), new GemmView<double>(b, 2, 2, 4), product, 2);

        Assert.Equal([310, 420], product);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_product_of_depth_zero_is_zero_or_leaves_the_sum()
    {
        double[] product = [1, 2, 3, 4];
        Gemm.Multiply(new GemmView<double>([], 2, 0, 0), new GemmView<double>([], 0, 2, 2), product, 2, accumulate: true);
        Assert.Equal([1, 2, 3, 4], product);

        Gemm.Multiply(new GemmView<double>([], 2, 0, 0), new GemmView<double>([], 0, 2, 2), product, 2);
        Assert.Equal([0, 0, 0, 0], product);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Factors_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => GemmView.RowMajor(new double[5], 2, 3));
        Assert.Throws<ArgumentException>(() =>
            Gemm.Multiply(GemmView.RowMajor(new double[6], 2, 3), GemmView.RowMajor(new double[4], 2, 2), new double[4], 2));
        Assert.Throws<ArgumentException>(() =>
            Gemm.Multiply(GemmView.RowMajor(new double[4], 2, 2), GemmView.RowMajor(new double[4], 2, 2), new double[3], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Gemm.Multiply(GemmView.RowMajor(new double[4], 2, 2), GemmView.RowMajor(new double[4], 2, 2), new double[4], 1));
    }

    private static GemmKernel<double> Kernel(string name) => Supported(name) switch
    {
        "512" => GemmKernels.Wide512,
        "256" => GemmKernels.Wide256,
        _ => GemmKernels.Scalar,
    };

    private static GemmKernel<float> SingleKernel(string name) => Supported(name) switch
    {
        "512" => GemmKernels.SingleWide512,
        "256" => GemmKernels.SingleWide256,
        _ => GemmKernels.SingleScalar,
    };

    private static string Supported(string name)
    {
        Skip.If((name == "512" && !DenseLanes512.IsSupported) || (name == "256" && !DenseLanes256.IsSupported), "needs wider vectors");
        return name;
    }

    private static float[] Floats(int count, string purpose) => [.. Numbers(count, purpose).Select(x => (float)x)];

    private static double[] Numbers(int count, string purpose)
    {
        var random = new CounterRandom(1, purpose);
        return [.. Enumerable.Range(0, count).Select(i => random.Uniform((ulong)i, -1, 1))];
    }
}
