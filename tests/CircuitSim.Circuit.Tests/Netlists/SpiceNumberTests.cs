using System.Globalization;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Tests.Netlists;

public sealed class SpiceNumberTests
{
    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("1", 1)]
    [InlineData("-2.5", -2.5)]
    [InlineData(".5", 0.5)]
    [InlineData("1e-6", 1e-6)]
    [InlineData("0.1u", 1e-7)]
    [InlineData("3T", 3e12)]
    [InlineData("3g", 3e9)]
    [InlineData("1Meg", 1e6)]
    [InlineData("1M", 1e-3)]
    [InlineData("4k", 4e3)]
    [InlineData("10kOhm", 1e4)]
    [InlineData("7n", 7e-9)]
    [InlineData("7pF", 7e-12)]
    [InlineData("2f", 2e-15)]
    [InlineData("2a", 2e-18)]
    [InlineData("1e3k", 1e6)]
    [InlineData("5V", 5)]
    [InlineData("10mil", 254e-6)]
    public void Reads_every_scale_suffix_and_ignores_units(string text, double expected)
    {
        bool isNumber = SpiceNumber.TryParse(text, out double value);

        Assert.True(isNumber);
        Assert.Equal(expected, value);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("1k5")]
    [InlineData("1..2")]
    [InlineData("+-1")]
    [InlineData("1e400")]
    [InlineData("{1}")]
    public void Refuses_what_is_no_number(string text) => Assert.False(SpiceNumber.TryParse(text, out _));

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Writes_digits_that_read_back_to_the_same_bits_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var random = new Random(1);
            for (int i = 0; i < 2000; i++)
            {
                double value = BitConverter.Int64BitsToDouble(random.NextInt64());
                if (!double.IsFinite(value)) continue;

                string text = SpiceNumber.Format(value);

                Assert.True(SpiceNumber.TryParse(text, out double read), text);
                Assert.Equal(value, read);
                Assert.DoesNotContain('M', text);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Writes_plain_exponents()
    {
        Assert.Equal("1.2e-7", SpiceNumber.Format(1.2e-7));
        Assert.Equal("126600", SpiceNumber.Format(126600));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpiceNumber.Format(double.NaN));
    }
}
