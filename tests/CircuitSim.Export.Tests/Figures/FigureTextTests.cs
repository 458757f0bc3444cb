using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Tests.Figures;

public sealed class FigureTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(22.6, "22.6")]
    [InlineData(-0.0043, "−0.00430")]
    [InlineData(0.9996, "1.00")]
    [InlineData(8.4e-11, "8.4e−11")]
    [InlineData(-1.5e12, "−1.5e12")]
    [InlineData(12345.6, "12346")]
    [Trait("Kind", "golden")]
    public void Short_numbers_keep_three_digits(double value, string expected) => Assert.Equal(expected, FigureText.Short(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(20, "20")]
    [InlineData(7.33, "7.33")]
    [InlineData(-0.25, "−0.25")]
    [InlineData(1e-6, "1e−6")]
    [Trait("Kind", "golden")]
    public void Chosen_numbers_keep_the_digits_they_were_given_with(double value, string expected) =>
        Assert.Equal(expected, FigureText.Plain(value));

    [Theory]
    [InlineData(-0.0001, 2, "0.00")]
    [InlineData(-1.005, 1, "−1.0")]
    [Trait("Kind", "golden")]
    public void A_rounded_zero_has_no_sign(double value, int decimals, string expected) => Assert.Equal(expected, FigureText.Fixed(value, decimals));

    [Theory]
    [InlineData(9999, "9999")]
    [InlineData(41420, "41\u202F420")]
    [InlineData(-1234567, "−1\u202F234\u202F567")]
    [Trait("Kind", "golden")]
    public void Long_whole_numbers_are_grouped(long value, string expected) => Assert.Equal(expected, FigureText.Whole(value));
}
