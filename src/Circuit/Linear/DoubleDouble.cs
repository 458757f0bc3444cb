namespace CircuitSim.Circuit.Linear;

/// <summary>An unevaluated sum of two doubles, about 32 digits (Dekker, Numerische Mathematik 18, 1971; Hida, Li and Bailey, ARITH 15, 2001).</summary>
/// <param name="High">The number rounded to a double.</param>
/// <param name="Low">What rounding left.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>A double as it is.</summary>
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <summary>Sum, with a relative error of a few times 2⁻¹⁰⁴ of its terms.</summary>
    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        (double sum, double rest) = Sum(a.High, b.High);
        (double lowSum, double lowRest) = Sum(a.Low, b.Low);
        (sum, rest) = Ordered(sum, rest + lowSum);
        (sum, rest) = Ordered(sum, rest + lowRest);
        return new DoubleDouble(sum, rest);
    }

    /// <summary>Difference.</summary>
    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    /// <summary>The other sign.</summary>
    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    /// <summary>Product.</summary>
    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double product = a.High * b.High, rest = Math.FusedMultiplyAdd(a.High, b.High, -product);
        (product, rest) = Ordered(product, rest + (a.High * b.Low + a.Low * b.High));
        return new DoubleDouble(product, rest);
    }

    /// <summary>Quotient.</summary>
    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double first = a.High / b.High;
        DoubleDouble rest = a - b * first;
        double second = rest.High / b.High;
        rest -= b * second;
        (double sum, double low) = Ordered(first, second);
        return new DoubleDouble(sum, low) + rest.High / b.High;
    }

    private static (double Sum, double Error) Sum(double a, double b)
    {
        double sum = a + b, part = sum - a;
        return (sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>Sum of two of which the first is the larger.</summary>
    private static (double Sum, double Error) Ordered(double a, double b)
    {
        double sum = a + b;
        return (sum, b - (sum - a));
    }
}
