using System.Runtime.CompilerServices;

namespace CircuitSim.Training.Kernels;

/// <summary>exp and what is made of it, branch-free, for any vector width.</summary>
/// <remarks>
/// Cody and Waite's reduction x = n·ln 2 + r with |r| ≤ ln 2 / 2 and the Taylor polynomial of eʳ − 1 up to r¹³, whose remainder
/// 0.3466¹⁴/14! = 4·10⁻¹⁸ lies below half a unit in the last place. Every function is within 4 units in the last place
/// (9·10⁻¹⁶ relative) of the exact value over its stated range.
/// </remarks>
internal static class Exponential
{
    // Adding 1.5·2⁵² rounds to a whole number and leaves it in the lowest bits of the mantissa.
    private const double Rounder = 6755399441055744.0;
    private const double PerLogTwo = 1.4426950408889634;

    // ln 2 in two parts: the first has 32 zero bits at its end, so that n times it is exact.
    private const double LogTwoHigh = 6.93147180369123816490e-01;
    private const double LogTwoLow = 1.90821492927058770002e-10;

    // exp stays normal within these bounds.
    private const double Limit = 708.0;

    /// <summary>eˣ; beyond ±708 it is that of the bound.</summary>
    /// <typeparam name="T">Vector.</typeparam>
    /// <param name="x">Argument.</param>
    /// <returns>The value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        x = T.Min(T.Max(x, T.Broadcast(-Limit)), T.Broadcast(Limit));
        T fraction = FractionMinusOne(x, out T shifted);
        return T.Scale(fraction + T.Broadcast(1), shifted);
    }

    /// <summary>1/(1 + e⁻ˣ); beyond ±708 it is that of the bound.</summary>
    /// <typeparam name="T">Vector.</typeparam>
    /// <param name="x">Argument.</param>
    /// <returns>The value, in (0, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILanes<T> => T.Broadcast(1) / (T.Broadcast(1) + Exp(T.Broadcast(0) - x));

    /// <summary>tanh x, with relative accuracy near zero too.</summary>
    /// <typeparam name="T">Vector.</typeparam>
    /// <param name="x">Argument.</param>
    /// <returns>The value, in [−1, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        // tanh x = (e²ˣ−1)/(e²ˣ+1); from 2x = 44 on it rounds to 1.
        T size = T.Min(T.Abs(x), T.Broadcast(22));
        T fraction = FractionMinusOne(size + size, out T shifted);
        T power = T.Scale(T.Broadcast(1), shifted);
        T minusOne = T.FusedMultiplyAdd(power, fraction, power - T.Broadcast(1));
        return T.CopySign(minusOne / (minusOne + T.Broadcast(2)), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FractionMinusOne<T>(T x, out T shifted)
        where T : struct, ILanes<T>
    {
        shifted = T.FusedMultiplyAdd(x, T.Broadcast(PerLogTwo), T.Broadcast(Rounder));
        T n = shifted - T.Broadcast(Rounder);
        T r = T.FusedMultiplyAdd(n, T.Broadcast(-LogTwoHigh), x);
        r = T.FusedMultiplyAdd(n, T.Broadcast(-LogTwoLow), r);

        // Estrin's order: independent pairs first, so that the chain of dependent operations stays short.
        T r2 = r * r, r4 = r2 * r2;
        T p0 = T.FusedMultiplyAdd(r, T.Broadcast(1.0 / 6), T.Broadcast(1.0 / 2));
        T p1 = T.FusedMultiplyAdd(r, T.Broadcast(1.0 / 120), T.Broadcast(1.0 / 24));
        T p2 = T.FusedMultiplyAdd(r, T.Broadcast(1.0 / 5040), T.Broadcast(1.0 / 720));
        T p3 = T.FusedMultiplyAdd(r, T.Broadcast(1.0 / 362880), T.Broadcast(1.0 / 40320));
        T p4 = T.FusedMultiplyAdd(r, T.Broadcast(1.0 / 39916800), T.Broadcast(1.0 / 3628800));
        T p5 = T.FusedMultiplyAdd(r, T.Broadcast(1.0 / 6227020800), T.Broadcast(1.0 / 479001600));
        T q0 = T.FusedMultiplyAdd(r2, p1, p0);
        T q1 = T.FusedMultiplyAdd(r2, p3, p2);
        T q2 = T.FusedMultiplyAdd(r2, p5, p4);
        T tail = T.FusedMultiplyAdd(r4, T.FusedMultiplyAdd(r4, q2, q1), q0);
        return T.FusedMultiplyAdd(r2, tail, r);
    }
}
