using CircuitSim.Export.CrossCheck;
using CircuitSim.TestSupport;
using MathNet.Numerics.Distributions;

namespace CircuitSim.Export.Tests.CrossCheck;

public class ExactIntervalTests
{
    [Fact]
    [Trait("Kind", "closed form")]
    public void Without_any_success_the_upper_end_has_a_closed_form()
    {
        (double lower, double upper) = ExactInterval.Share(0, 10);

        Assert.Equal(0, lower);
        // P(no success) = (1-p)^n = 2.5 %; the library inverts the beta function to about 1e-8.
        Close.Numbers(1 - Math.Pow(0.025, 0.1), upper, 1e-7);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1, 7)]
    [InlineData(178, 200)]
    [InlineData(29, 30)]
    public void Each_end_leaves_two_and_a_half_percent_in_its_tail(int successes, int trials)
    {
        (double lower, double upper) = ExactInterval.Share(successes, trials);

        // Inversion of the beta function is good to about 1e-8, its slope in the tail is of order 10.
        Close.Numbers(0.025, 1 - Binomial.CDF(lower, trials, successes - 1), 1e-6, what: "upper tail at the lower end");
        Close.Numbers(0.025, Binomial.CDF(upper, trials, successes), 1e-6, what: "lower tail at the upper end");
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(-1, 10)]
    [InlineData(11, 10)]
    [InlineData(0, 0)]
    public void Counts_that_make_no_share_are_refused(int successes, int trials) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactInterval.Share(successes, trials));
}
