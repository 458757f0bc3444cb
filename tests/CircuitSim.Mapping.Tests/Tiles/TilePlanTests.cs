using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.Tiles;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Tiles;

[Trait("Kind", "closed form")]
public class TilePlanTests
{
    [Theory]
    [InlineData(264)]
    [InlineData(256)]
    public void The_published_networks_take_the_published_numbers_of_arrays(int rows)
    {
        int[] vgg = Arrays(rows, Convolution(3, 32), Convolution(32, 32), Convolution(32, 64), Convolution(64, 64), Convolution(64, 128), Convolution(128, 128), (2048, 128), (128, 10));
        int[] toy = Arrays(rows, Convolution(1, 22), Convolution(22, 27), Convolution(27, 64), (64, 10));

        Assert.Equal([1, 2, 2, 3, 6, 10, 16, 1], vgg);
        Assert.Equal(41, vgg.Sum());
        Assert.Equal(4, toy.Sum());
        Assert.Equal(681, Arrays(rows, [.. WideResidualNetwork(16, 8)]).Sum());
        Assert.Equal(10_954_160, WideResidualNetwork(16, 8).Sum(l => l.Inputs * l.Outputs));
    }

    [Fact]
    public void Partial_sums_add_up_to_the_product_of_the_whole_matrix()
    {
        var random = new CounterRandom(9, "tiles");
        const int inputs = 530, outputs = 130;
        double[] weights = [.. Enumerable.Range(0, inputs * outputs).Select(i => random.Normal((ulong)i))];
        double[] volts = [.. Enumerable.Range(0, inputs).Select(i => random.Normal((ulong)(i + weights.Length)))];
        var plan = new TilePlan(inputs, outputs, 264, 64);

        double[] sums = plan.Accumulate([.. plan.Tiles.Select(t => Product(plan.Slice(weights, t), volts.AsSpan(t.FirstInput, t.InputCount), t.OutputCount))]);

        Assert.Equal(9, plan.ArrayCount);
        Assert.Equal(inputs * outputs, plan.Tiles.Sum(t => t.InputCount * t.OutputCount));
        Close.Numbers((double)inputs * outputs / (9 * 264 * 64), plan.Utilisation, 0, 1e-15);
        // Two orders of a sum of 530 products of size one: 530 roundings each.
        Close.Lists(Product(weights, volts, outputs), sums, 530 * 530 * 2.3e-16);
    }

    [Fact]
    public void Sizes_below_one_are_refused()
    {
        var e = Assert.Throws<InvalidDesignException>(() => new TilePlan(0, 3, 264, -1));

        Assert.Equal(2, e.Violations.Count);
    }

    private static double[] Product(ReadOnlySpan<double> weights, ReadOnlySpan<double> volts, int outputs)
    {
        var sums = new double[outputs];
        for (int i = 0; i < volts.Length; i++)
            for (int j = 0; j < outputs; j++) sums[j] += volts[i] * weights[i * outputs + j];
        return sums;
    }

    private static (int Inputs, int Outputs) Convolution(int channels, int outputs, int kernel = 3) => (kernel * kernel * channels, outputs);

    private static int[] Arrays(int rows, params (int Inputs, int Outputs)[] layers) => [.. layers.Select(l => new TilePlan(l.Inputs, l.Outputs, rows, 64).ArrayCount)];

    /// <summary>WRN-d-k: 16 channels, three groups of (d − 4)/6 blocks of two convolutions with 16k, 32k and 64k channels, a 1x1 shortcut where the width changes, 10 classes.</summary>
    private static IEnumerable<(int Inputs, int Outputs)> WideResidualNetwork(int depth, int width)
    {
        yield return Convolution(3, 16);
        int channels = 16;
        foreach (int group in (int[])[16 * width, 32 * width, 64 * width])
            for (int block = 0; block < (depth - 4) / 6; block++)
            {
                yield return Convolution(channels, group);
                yield return Convolution(group, group);
                if (channels != group) yield return Convolution(channels, group, 1);
                channels = group;
            }

        yield return (channels, 10);
    }
}
