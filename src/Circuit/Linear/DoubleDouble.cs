using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>A number of about 106 bits as the unevaluated sum of two doubles.</summary>
/// <remarks>
/// T. J. Dekker, Numerische Mathematik 18, 1971; accurate sums as in Y. Hida, X. S. Li and D. H. Bailey, ARITH-15, 2001. Every operation has a
/// relative error of at most 2⁻¹⁰², as long as nothing over- or underflows.
/// </remarks>
/// <param name="High">The number, rounded to a double.</param>
/// <param name="Low">What is missing, at most half a unit in the last place of <paramref name="High"/>.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = Sum(a.High, b.High), low = Sum(a.Low, b.Low);
        high = Ordered(high.High, high.Low + low.High);
        return Ordered(high.High, high.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double product = a.High * b.High;
        double low = Math.FusedMultiplyAdd(a.High, b.High, -product);
        return Ordered(product, low + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double first = a.High / b.High;
        DoubleDouble rest = a - b * first;
        double second = rest.High / b.High;
        rest -= b * second;
        return Ordered(first, second) + rest.High / b.High;
    }

    /// <summary>Exact sum of two doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DoubleDouble Sum(double a, double b)
    {
        double sum = a + b, part = sum - a;
        return new DoubleDouble(sum, a - (sum - part) + (b - part));
    }

    // Exact sum of two doubles of which the first is the larger one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DoubleDouble Ordered(double a, double b)
    {
        double sum = a + b;
        return new DoubleDouble(sum, b - (sum - a));
    }
}
