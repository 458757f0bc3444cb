using CircuitSim.Circuit.Randomness;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Randomness;

public sealed class CounterRandomTests
{
    private const int Draws = 200_000;

    [Theory]
    [Trait("Kind", "peer")]
    [InlineData(0UL, 0UL, 0UL, 0xe169c58d6627e8d5UL, 0x9b00dbd8bc57ac4cUL)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x41c83b0e408f276dUL, 0x6d5451fda20bc7c6UL)]
    [InlineData(0x299f31d0a4093822UL, 0x85a308d3243f6a88UL, 0x0370734413198a2eUL, 0x94fdccebd16cfe09UL, 0x24126ea15001e420UL)]
    public void Block_gives_the_known_answers_of_Philox(ulong key, ulong counterLow, ulong counterHigh, ulong low, ulong high)
    {
        // Philox4x32-10 entries of the known-answer list (kat_vectors) of the Random123 library.
        Assert.Equal((low, high), CounterRandom.Block(key, counterLow, counterHigh));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Uniform_draws_are_even()
    {
        var random = new CounterRandom(1, "uniform");
        var bins = new int[100];
        for (int i = 0; i < Draws; i++)
        {
            double u = random.Uniform((ulong)i);
            Assert.InRange(u, 0, 1 - Math.ScaleB(1, -53));
            bins[(int)(100 * u)]++;
        }

        double chi2 = bins.Sum(b => Math.Pow(b - Draws / 100.0, 2) / (Draws / 100.0));

        // Chi-squared with 99 degrees of freedom lies in 56 to 155 with probability 0.9995.
        Assert.InRange(chi2, 56, 155);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Normal_draws_have_the_moments_of_the_normal_distribution()
    {
        var random = new CounterRandom(2, "normal");
        double[] draws = [.. Enumerable.Range(0, Draws).Select(i => random.Normal((ulong)i))];

        // Four standard errors: 1, √2, √15·… of a sample's moments, over √n.
        double error = 4 / Math.Sqrt(Draws);
        Close.Numbers(0, draws.Average(), error);
        Close.Numbers(1, draws.Average(x => x * x), error * Math.Sqrt(2));
        Close.Numbers(0, draws.Average(x => x * x * x), error * Math.Sqrt(15));
        Close.Numbers(3, draws.Average(x => x * x * x * x), error * Math.Sqrt(96));
        Close.Numbers(0.022750131948, draws.Count(x => x > 2) / (double)Draws, error * 0.15);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Neighbouring_draws_seeds_and_purposes_are_uncorrelated()
    {
        CounterRandom a = new(1, "a"), otherSeed = new(2, "a"), otherPurpose = new(1, "b");
        double next = 0, seed = 0, purpose = 0;
        for (int i = 0; i < Draws; i++)
        {
            double x = a.Normal((ulong)i);
            next += x * a.Normal((ulong)i + 1);
            seed += x * otherSeed.Normal((ulong)i);
            purpose += x * otherPurpose.Normal((ulong)i);
        }

        // The product of two independent normal draws has variance 1: four standard errors of its mean.
        double error = 4 / Math.Sqrt(Draws);
        Assert.InRange(next / Draws, -error, error);
        Assert.InRange(seed / Draws, -error, error);
        Assert.InRange(purpose / Draws, -error, error);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_draw_depends_on_its_index_only()
    {
        var random = new CounterRandom(9, "order");
        double[] forwards = [.. Enumerable.Range(0, 50).Select(i => random.Normal((ulong)i))];
        double[] backwards = [.. Enumerable.Range(0, 50).Reverse().Select(i => new CounterRandom(9, "order").Normal((ulong)i)).Reverse()];

        Assert.Equal(forwards, backwards);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Permutations_of_four_are_all_equally_likely()
    {
        var counts = new Dictionary<string, int>();
        var order = new int[4];
        const int trials = 24_000;
        for (int seed = 0; seed < trials; seed++)
        {
            new CounterRandom((ulong)seed, "permutation").Permutation(order);
            string key = string.Join("", order);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(24, counts.Count);
        double chi2 = counts.Values.Sum(c => Math.Pow(c - trials / 24.0, 2) / (trials / 24.0));

        // Chi-squared with 23 degrees of freedom stays below 55 with probability 0.9998.
        Assert.InRange(chi2, 5, 55);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Below_stays_below_its_bound_and_refuses_an_empty_range()
    {
        var random = new CounterRandom(3, "below");
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[random.Below((ulong)i, 7)]++;

        // Five standard deviations of a binomial count with n = 70 000, p = 1/7: 93 each.
        Assert.All(counts, c => Assert.InRange(c, 10_000 - 465, 10_000 + 465));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Below(0, 0));
        Assert.Throws<ArgumentException>(() => new CounterRandom(1, ""));
    }
}
