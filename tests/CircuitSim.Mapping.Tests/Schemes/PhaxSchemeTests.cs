using CircuitSim.Mapping.Schemes;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Schemes;

public class PhaxSchemeTests
{
    // Weights of the first authors' formula, evaluated in exact arithmetic to 17 digits.
    [Theory]
    [Trait("Kind", "peer")]
    [InlineData(9, 0.07870060485382864, 0.20882276873471511, 0.3389449326156016, 0.37353169379585455)]
    [InlineData(99, 0.05126190061084072, 0.2022270077323534, 0.3531921148538661, 0.39331897680293976)]
    public void Weights_match_the_published_map(double ratio, double w1, double w2, double w3, double w4)
    {
        var weights = new double[4];

        PhaxScheme.Weights([-2, 0, 2, 4], ratio, weights);

        // Four terms in the sum, one exponential each: a few roundings of 1.1e-16 relative.
        Close.Lists([w1, w2, w3, w4], weights, 0, 2e-15);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(-800, 1)]
    [InlineData(0, 4.665)]
    [InlineData(800, 8.33)]
    public void Conductance_stays_between_its_ends_for_any_weight(double theta, double expected) =>
        Close.Numbers(expected, PhaxScheme.RelativeConductance(theta, 7.33), 0, 1e-15);

    [Fact]
    [Trait("Kind", "closed form")]
    public void Lengths_that_differ_are_refused() =>
        Assert.Throws<ArgumentException>(() => PhaxScheme.Weights([1, 2], 7.33, new double[3]));
}
