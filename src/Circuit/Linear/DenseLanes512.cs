using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CircuitSim.Circuit.Linear;

/// <summary>Eight doubles in one 512-bit register.</summary>
internal readonly unsafe struct DenseLanes512(Vector512<double> value) : IDoubleLanes<DenseLanes512>
{
    private readonly Vector512<double> _value = value;

    internal static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    public static int Count => 8;

    public static DenseLanes512 Zero => new(Vector512<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 Load(double* from) => new(Vector512.LoadAligned(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* to, DenseLanes512 value) => value._value.StoreAligned(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 LoadAnywhere(double* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAnywhere(double* to, DenseLanes512 value) => value._value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 Add(DenseLanes512 a, DenseLanes512 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 Subtract(DenseLanes512 a, DenseLanes512 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 Multiply(DenseLanes512 a, DenseLanes512 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 Divide(DenseLanes512 a, DenseLanes512 b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 MultiplyAdd(DenseLanes512 a, DenseLanes512 b, DenseLanes512 c) =>
        new(Avx512F.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 NegatedMultiplyAdd(DenseLanes512 a, DenseLanes512 b, DenseLanes512 c) =>
        new(Avx512F.FusedMultiplyAddNegated(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 LargerMagnitude(DenseLanes512 a, DenseLanes512 b) =>
        new(Avx512F.Max(a._value, Vector512.Abs(b._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 Max(DenseLanes512 a, DenseLanes512 b) => new(Avx512F.Max(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 Min(DenseLanes512 a, DenseLanes512 b) => new(Avx512F.Min(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 Magnitude(DenseLanes512 a) => new(Vector512.Abs(a._value));

    // e^x = 2^k·e^r with |r| ≤ ln 2/2, where the series to r¹³ ends 4e-18 early. Small enough to be inlined, which the library's is not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 ExpOfNotPositive(DenseLanes512 a)
    {
        Vector512<double> x = a._value, k = Avx512F.RoundScale(x * Math.Log2(Math.E), 0x08);
        Vector512<double> r = Avx512F.FusedMultiplyAddNegated(k, Vector512.Create(6.93147180369123816490e-01), x);
        r = Avx512F.FusedMultiplyAddNegated(k, Vector512.Create(1.90821492927058770002e-10), r);
        Vector512<double> square = r * r;
        Vector512<double> p01 = Avx512F.FusedMultiplyAdd(r, Vector512<double>.One, Vector512<double>.One);
        Vector512<double> p23 = Avx512F.FusedMultiplyAdd(r, Vector512.Create(1.0 / 6), Vector512.Create(0.5));
        Vector512<double> p45 = Avx512F.FusedMultiplyAdd(r, Vector512.Create(1.0 / 120), Vector512.Create(1.0 / 24));
        Vector512<double> p67 = Avx512F.FusedMultiplyAdd(r, Vector512.Create(1.0 / 5040), Vector512.Create(1.0 / 720));
        Vector512<double> p89 = Avx512F.FusedMultiplyAdd(r, Vector512.Create(1.0 / 362880), Vector512.Create(1.0 / 40320));
        Vector512<double> pAB = Avx512F.FusedMultiplyAdd(r, Vector512.Create(1.0 / 39916800), Vector512.Create(1.0 / 3628800));
        Vector512<double> pCD = Avx512F.FusedMultiplyAdd(r, Vector512.Create(1.0 / 6227020800), Vector512.Create(1.0 / 479001600));
        Vector512<double> sum = Avx512F.FusedMultiplyAdd(pCD, square, pAB);
        sum = Avx512F.FusedMultiplyAdd(sum, square, p89);
        sum = Avx512F.FusedMultiplyAdd(sum, square, p67);
        sum = Avx512F.FusedMultiplyAdd(sum, square, p45);
        sum = Avx512F.FusedMultiplyAdd(sum, square, p23);
        sum = Avx512F.FusedMultiplyAdd(sum, square, p01);
        return new(Avx512F.Scale(sum, k));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes512 WhereNotNegative(DenseLanes512 a, DenseLanes512 b, DenseLanes512 c) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(a._value, Vector512<double>.Zero), b._value, c._value));

    public static double Sum(DenseLanes512 a) => Vector512.Sum(a._value);

    public static double Largest(DenseLanes512 a)
    {
        double largest = a._value[0];
        for (int i = 1; i < 8; i++) largest = Math.Max(largest, a._value[i]);
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(
        ref DenseLanes512 a, ref DenseLanes512 b, ref DenseLanes512 c, ref DenseLanes512 d,
        ref DenseLanes512 e, ref DenseLanes512 f, ref DenseLanes512 g, ref DenseLanes512 h)
    {
        // Pairs within 128 bits, then a 4×4 transposition of 128-bit pieces, for even and for odd columns.
        Transpose4(
            Avx512F.UnpackLow(a._value, b._value), Avx512F.UnpackLow(c._value, d._value),
            Avx512F.UnpackLow(e._value, f._value), Avx512F.UnpackLow(g._value, h._value),
            out Vector512<double> even0, out Vector512<double> even1, out Vector512<double> even2, out Vector512<double> even3);
        Transpose4(
            Avx512F.UnpackHigh(a._value, b._value), Avx512F.UnpackHigh(c._value, d._value),
            Avx512F.UnpackHigh(e._value, f._value), Avx512F.UnpackHigh(g._value, h._value),
            out Vector512<double> odd0, out Vector512<double> odd1, out Vector512<double> odd2, out Vector512<double> odd3);
        (a, c, e, g) = (new(even0), new(even1), new(even2), new(even3));
        (b, d, f, h) = (new(odd0), new(odd1), new(odd2), new(odd3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d,
        out Vector512<double> first, out Vector512<double> second, out Vector512<double> third, out Vector512<double> fourth)
    {
        Vector512<double> abLow = Avx512F.Shuffle4x128(a, b, 0x44), abHigh = Avx512F.Shuffle4x128(a, b, 0xEE);
        Vector512<double> cdLow = Avx512F.Shuffle4x128(c, d, 0x44), cdHigh = Avx512F.Shuffle4x128(c, d, 0xEE);
        first = Avx512F.Shuffle4x128(abLow, cdLow, 0x88);
        second = Avx512F.Shuffle4x128(abLow, cdLow, 0xDD);
        third = Avx512F.Shuffle4x128(abHigh, cdHigh, 0x88);
        fourth = Avx512F.Shuffle4x128(abHigh, cdHigh, 0xDD);
    }
}
