using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CircuitSim.Circuit.Linear;

/// <summary>Sixteen floats in one 512-bit register.</summary>
internal readonly unsafe struct SingleLanes512(Vector512<float> value) : IDenseLanes<SingleLanes512, float>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    public static SingleLanes512 Zero => new(Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes512 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes512 Load(float* from) => new(Vector512.LoadAligned(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* to, SingleLanes512 value) => value._value.StoreAligned(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes512 LoadAnywhere(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAnywhere(float* to, SingleLanes512 value) => value._value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes512 Add(SingleLanes512 a, SingleLanes512 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes512 MultiplyAdd(SingleLanes512 a, SingleLanes512 b, SingleLanes512 c) =>
        new(Avx512F.FusedMultiplyAdd(a._value, b._value, c._value));
}
