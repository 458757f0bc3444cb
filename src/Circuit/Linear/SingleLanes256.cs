using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CircuitSim.Circuit.Linear;

/// <summary>Sixteen floats in two 256-bit registers.</summary>
internal readonly unsafe struct SingleLanes256(Vector256<float> low, Vector256<float> high) : IDenseLanes<SingleLanes256, float>
{
    private readonly Vector256<float> _low = low, _high = high;

    public static int Count => 16;

    public static SingleLanes256 Zero => new(Vector256<float>.Zero, Vector256<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes256 Broadcast(float value) => new(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes256 Load(float* from) => new(Vector256.LoadAligned(from), Vector256.LoadAligned(from + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* to, SingleLanes256 value)
    {
        value._low.StoreAligned(to);
        value._high.StoreAligned(to + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes256 LoadAnywhere(float* from) => new(Vector256.Load(from), Vector256.Load(from + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAnywhere(float* to, SingleLanes256 value)
    {
        value._low.Store(to);
        value._high.Store(to + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes256 Add(SingleLanes256 a, SingleLanes256 b) => new(a._low + b._low, a._high + b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes256 MultiplyAdd(SingleLanes256 a, SingleLanes256 b, SingleLanes256 c) =>
        new(Fma.MultiplyAdd(a._low, b._low, c._low), Fma.MultiplyAdd(a._high, b._high, c._high));
}
