using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CircuitSim.Circuit.Linear;

/// <summary>Eight doubles in two 256-bit registers.</summary>
internal readonly unsafe struct DenseLanes256(Vector256<double> low, Vector256<double> high) : IDoubleLanes<DenseLanes256>
{
    private readonly Vector256<double> _low = low, _high = high;

    internal static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

    public static int Count => 8;

    public static DenseLanes256 Zero => new(Vector256<double>.Zero, Vector256<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 Broadcast(double value) => new(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 Load(double* from) => new(Vector256.LoadAligned(from), Vector256.LoadAligned(from + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* to, DenseLanes256 value)
    {
        value._low.StoreAligned(to);
        value._high.StoreAligned(to + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 LoadAnywhere(double* from) => new(Vector256.Load(from), Vector256.Load(from + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAnywhere(double* to, DenseLanes256 value)
    {
        value._low.Store(to);
        value._high.Store(to + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 Add(DenseLanes256 a, DenseLanes256 b) => new(a._low + b._low, a._high + b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 Subtract(DenseLanes256 a, DenseLanes256 b) => new(a._low - b._low, a._high - b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 Multiply(DenseLanes256 a, DenseLanes256 b) => new(a._low * b._low, a._high * b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 Divide(DenseLanes256 a, DenseLanes256 b) => new(a._low / b._low, a._high / b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 MultiplyAdd(DenseLanes256 a, DenseLanes256 b, DenseLanes256 c) =>
        new(Fma.MultiplyAdd(a._low, b._low, c._low), Fma.MultiplyAdd(a._high, b._high, c._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 NegatedMultiplyAdd(DenseLanes256 a, DenseLanes256 b, DenseLanes256 c) =>
        new(Fma.MultiplyAddNegated(a._low, b._low, c._low), Fma.MultiplyAddNegated(a._high, b._high, c._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 LargerMagnitude(DenseLanes256 a, DenseLanes256 b) =>
        new(Avx.Max(a._low, Vector256.Abs(b._low)), Avx.Max(a._high, Vector256.Abs(b._high)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 Max(DenseLanes256 a, DenseLanes256 b) => new(Avx.Max(a._low, b._low), Avx.Max(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 Min(DenseLanes256 a, DenseLanes256 b) => new(Avx.Min(a._low, b._low), Avx.Min(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 Magnitude(DenseLanes256 a) => new(Vector256.Abs(a._low), Vector256.Abs(a._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 ExpOfNotPositive(DenseLanes256 a) => new(Vector256.Exp(a._low), Vector256.Exp(a._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DenseLanes256 WhereNotNegative(DenseLanes256 a, DenseLanes256 b, DenseLanes256 c) => new(
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(a._low, Vector256<double>.Zero), b._low, c._low),
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(a._high, Vector256<double>.Zero), b._high, c._high));

    public static double Sum(DenseLanes256 a) => Vector256.Sum(a._low + a._high);

    public static double Largest(DenseLanes256 a)
    {
        Vector256<double> larger = Avx.Max(a._low, a._high);
        return Math.Max(Math.Max(larger[0], larger[1]), Math.Max(larger[2], larger[3]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(
        ref DenseLanes256 a, ref DenseLanes256 b, ref DenseLanes256 c, ref DenseLanes256 d,
        ref DenseLanes256 e, ref DenseLanes256 f, ref DenseLanes256 g, ref DenseLanes256 h)
    {
        // Quarters: the upper right one and the lower left one change places.
        (Vector256<double> p0, Vector256<double> p1, Vector256<double> p2, Vector256<double> p3) = Transpose4(a._low, b._low, c._low, d._low);
        (Vector256<double> q0, Vector256<double> q1, Vector256<double> q2, Vector256<double> q3) = Transpose4(a._high, b._high, c._high, d._high);
        (Vector256<double> r0, Vector256<double> r1, Vector256<double> r2, Vector256<double> r3) = Transpose4(e._low, f._low, g._low, h._low);
        (Vector256<double> s0, Vector256<double> s1, Vector256<double> s2, Vector256<double> s3) = Transpose4(e._high, f._high, g._high, h._high);
        (a, b, c, d) = (new(p0, r0), new(p1, r1), new(p2, r2), new(p3, r3));
        (e, f, g, h) = (new(q0, s0), new(q1, s1), new(q2, s2), new(q3, s3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> First, Vector256<double> Second, Vector256<double> Third, Vector256<double> Fourth) Transpose4(
        Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d)
    {
        Vector256<double> abLow = Avx.UnpackLow(a, b), abHigh = Avx.UnpackHigh(a, b);
        Vector256<double> cdLow = Avx.UnpackLow(c, d), cdHigh = Avx.UnpackHigh(c, d);
        return (
            Avx.Permute2x128(abLow, cdLow, 0x20), Avx.Permute2x128(abHigh, cdHigh, 0x20),
            Avx.Permute2x128(abLow, cdLow, 0x31), Avx.Permute2x128(abHigh, cdHigh, 0x31));
    }
}
