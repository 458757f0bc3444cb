using System.Numerics;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Tests.Linear;

/// <summary>Arithmetic in twice the precision against exact integers.</summary>
[Trait("Kind", "property")]
public sealed class DoubleDoubleTests
{
    // Every number here is an integer over this power of two.
    private const int Scale = 400;

    [Fact]
    public void Every_operation_keeps_about_a_hundred_bits()
    {
        var random = new Random(5);
        for (int k = 0; k < 2000; k++)
        {
            DoubleDouble a = Draw(random), b = k % 5 == 0 ? -a + DoubleDouble.Sum(1e-20, 1e-39) : Draw(random);
            BigInteger x = Exact(a), y = Exact(b);

            Within(x + y, a + b, BigInteger.Abs(x + y));
            Within(x - y, a - b, BigInteger.Abs(x - y));
            Within(x * y >> Scale, a * b, BigInteger.Abs(x * y) >> Scale);
            Within((x << Scale) / y, a / b, BigInteger.Abs((x << Scale) / y));
            Within(Exact(a.High) + Exact(b.High), DoubleDouble.Sum(a.High, b.High), BigInteger.Zero);
        }
    }

    private static DoubleDouble Draw(Random random)
    {
        double high = (2 * random.NextDouble() - 1) * Math.Pow(10, 8 * random.NextDouble() - 4);
        return DoubleDouble.Sum(high, high * Math.ScaleB(random.NextDouble() - 0.5, -53));
    }

    // Relative 2⁻¹⁰⁰, and the last bit of the integers.
    private static void Within(BigInteger expected, DoubleDouble actual, BigInteger size)
    {
        BigInteger error = BigInteger.Abs(expected - Exact(actual));
        Assert.True(error <= (size >> 100) + 1, $"{actual} is off by 2^{BigInteger.Log(BigInteger.Max(error, 1), 2) - Scale:F0}");
    }

    private static BigInteger Exact(DoubleDouble number) => Exact(number.High) + Exact(number.Low);

    private static BigInteger Exact(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number), mantissa = bits & ((1L << 52) - 1);
        int exponent = (int)((bits >> 52) & 0x7FF);
        if (exponent == 0) return BigInteger.Zero;
        BigInteger magnitude = new BigInteger(mantissa | (1L << 52)) << (Scale + exponent - 1075);
        return bits < 0 ? -magnitude : magnitude;
    }
}
