using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Tests.CrossCheck;

[Trait("Kind", "closed form")]
public sealed class McNemarTestTests
{
    // 2·(C(10,0) + C(10,1))/2¹⁰ = 22/1024: a split of 1 to 9 among ten fair coins or a more uneven one.
    [Theory]
    [InlineData(1, 9, 22.0 / 1024)]
    [InlineData(9, 1, 22.0 / 1024)]
    [InlineData(0, 5, 2.0 / 32)]
    [InlineData(3, 3, 1)]
    [InlineData(2, 3, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 1)]
    public void Of_gives_the_two_sided_probability_of_fair_coins(int onlyTrained, int onlyOther, double expected)
    {
        int count = 4 + onlyTrained + onlyOther;
        int[] labels = new int[count];
        int[] trained = [.. Enumerable.Range(0, count).Select(i => i < 2 || (i >= 4 && i < 4 + onlyTrained) ? 0 : 1)];
        int[] other = [.. Enumerable.Range(0, count).Select(i => i < 2 || i >= 4 + onlyTrained ? 0 : 1)];

        var test = McNemarTest.Of(trained, other, labels);

        // A handful of roundings in the binomial's sum.
        Assert.Equal(expected, test.PValue, 1e-13 * expected);
        Assert.Equal((2, onlyTrained, onlyOther, 2), (test.BothCorrectCount, test.OnlyTrainedCorrectCount, test.OnlyOtherCorrectCount, test.NeitherCorrectCount));
    }

    [Fact]
    public void Of_refuses_lists_of_different_lengths()
    {
        Assert.Throws<ArgumentException>(() => McNemarTest.Of([0, 1], [0], [0, 1]));
    }

    [Fact]
    public void Agreement_counts_equal_classes_whether_right_or_wrong()
    {
        var agreement = ClassAgreement.Of([0, 1, 2, 2], [0, 1, 2, 0], [0, 0, 0, 0]);

        Assert.Equal((4, 3), (agreement.SampleCount, agreement.AgreeingCount));
        Assert.Equal(75.0, agreement.Percent);
        // Clopper and Pearson's ends are quantiles of beta distributions: P[B(4, low) ≥ 3] = P[B(4, high) ≤ 3] = 2.5 %.
        double low = agreement.Lower95Percent!.Value / 100, high = agreement.Upper95Percent!.Value / 100;
        // The quantile search of the library stops at about 1e-8.
        Assert.Equal(0.025, 4 * Math.Pow(low, 3) * (1 - low) + Math.Pow(low, 4), 1e-7);
        Assert.Equal(0.025, 1 - Math.Pow(high, 4), 1e-7);
        Assert.Equal(1, agreement.McNemar!.OnlyOtherCorrectCount);
    }
}
