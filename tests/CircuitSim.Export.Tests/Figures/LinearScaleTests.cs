using CircuitSim.Export.Figures;
using CircuitSim.Export.Tests.Reports;

namespace CircuitSim.Export.Tests.Figures;

public sealed class LinearScaleTests
{
    [Theory]
    [InlineData(0, 97, 5, "0 20 40 60 80 100")]
    [InlineData(-0.25, 0.25, 5, "−0.3 −0.2 −0.1 0.0 0.1 0.2 0.3")]
    [InlineData(0, 2.1e-9, 4, "0 1e−9 2e−9 3e−9")]
    [InlineData(5, 5, 4, "4.5 5.0 5.5")]
    [InlineData(0, 0, 4, "−1.0 −0.5 0.0 0.5 1.0")]
    [Trait("Kind", "golden")]
    public void Ticks_are_round_numbers(double low, double high, int count, string expected)
    {
        LinearScale scale = LinearScale.Covering(low, high, count);

        Assert.Equal(expected, string.Join(' ', scale.Ticks.Select(scale.Label)));
    }

    [Fact]
    [Trait("Kind", "golden")]
    public void Whole_ticks_do_not_fall_between_numbers()
    {
        LinearScale scale = LinearScale.Covering(1, 3, 6, minimum: 1, maximum: 3, smallestStep: 1);

        Assert.Equal("1 2 3", string.Join(' ', scale.Ticks.Select(scale.Label)));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_axis_holds_its_data_and_has_a_bearable_number_of_ticks()
    {
        const ulong Seed = 20;
        var draws = new Draws(Seed);
        for (int i = 0; i < 2000; i++)
        {
            double size = Math.Pow(10, 24 * draws.Uniform() - 12), low = size * draws.Normal(), high = low + size * draws.Uniform();
            int wanted = 2 + draws.Below(8);

            LinearScale scale = LinearScale.Covering(low, high, wanted);

            // An end is a product of a tick number and a step, each rounded once.
            double slack = 1e-9 * (Math.Abs(low) + Math.Abs(high));
            Assert.True(scale.Minimum <= low + slack && scale.Maximum >= high - slack, $"seed {Seed}, case {i}: [{low:R}, {high:R}]");
            Assert.InRange(scale.Ticks.Count, 2, wanted + 3);
        }
    }
}
