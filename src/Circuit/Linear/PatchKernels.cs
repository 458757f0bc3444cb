using System.Numerics;
using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>Register-blocked inner loops of <see cref="PatchGemm"/>: sums stay in registers while all three loops over the terms run.</summary>
internal static unsafe class PatchKernels
{
    /// <summary>Doubles in AVX-512: tiles of 8 x 16 and 8 x 8.</summary>
    public static PatchKernel<double> Wide512 { get; } = new(
        8, &EightByOne<DenseLanes512, double>, &EightByTwo<DenseLanes512, double>, &RowByOne<DenseLanes512, double>, &RowByTwo<DenseLanes512, double>);

    /// <summary>Floats in AVX-512: tiles of 8 x 32 and 8 x 16.</summary>
    public static PatchKernel<float> SingleWide512 { get; } = new(
        8, &EightByOne<SingleLanes512, float>, &EightByTwo<SingleLanes512, float>, &RowByOne<SingleLanes512, float>, &RowByTwo<SingleLanes512, float>);

    /// <summary>Doubles in AVX2: tiles of 4 x 8.</summary>
    public static PatchKernel<double> Wide256 { get; } = new(4, &FourByOne<DenseLanes256, double>, null, &RowByOne<DenseLanes256, double>, null);

    /// <summary>Floats in AVX2: tiles of 4 x 16.</summary>
    public static PatchKernel<float> SingleWide256 { get; } = new(4, &FourByOne<SingleLanes256, float>, null, &RowByOne<SingleLanes256, float>, null);

    /// <summary>Doubles without vectors, for every other machine.</summary>
    public static PatchKernel<double> Scalar { get; } = new(1, &PlainTile, null, &PlainRow, null);

    /// <summary>Floats without vectors.</summary>
    public static PatchKernel<float> SingleScalar { get; } = new(1, &PlainTile, null, &PlainRow, null);

    private static PatchKernel<double> BestDouble { get; } = DenseLanes512.IsSupported ? Wide512 : DenseLanes256.IsSupported ? Wide256 : Scalar;

    private static PatchKernel<float> BestSingle { get; } = DenseLanes512.IsSupported ? SingleWide512 : DenseLanes256.IsSupported ? SingleWide256 : SingleScalar;

    /// <summary>The widest kernel that this machine runs in hardware.</summary>
    public static PatchKernel<T> Best<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? (PatchKernel<T>)(object)BestSingle : (PatchKernel<T>)(object)BestDouble;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByTwo<TLanes, T>(T* left, nint leftStride, T* right, GemmDepth* depth, T* product, nint productStride, bool accumulate)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes s00 = TLanes.Zero, s01 = TLanes.Zero, s10 = TLanes.Zero, s11 = TLanes.Zero, s20 = TLanes.Zero, s21 = TLanes.Zero, s30 = TLanes.Zero, s31 = TLanes.Zero,
            s40 = TLanes.Zero, s41 = TLanes.Zero, s50 = TLanes.Zero, s51 = TLanes.Zero, s60 = TLanes.Zero, s61 = TLanes.Zero, s70 = TLanes.Zero, s71 = TLanes.Zero;
        GemmLoop outer = depth->Outer, middle = depth->Middle, inner = depth->Inner;
        nint two = 2 * leftStride, three = 3 * leftStride, four = 4 * leftStride;
        nint leftStep = inner.LeftStride, rightStep = inner.RightStride;
        for (int p = 0; p < outer.Count; p++)
        {
            for (int q = 0; q < middle.Count; q++)
            {
                T* a = left + (nint)p * outer.LeftStride + (nint)q * middle.LeftStride;
                T* b = right + (nint)p * outer.RightStride + (nint)q * middle.RightStride;
                for (int k = inner.Count; k > 0; k--)
                {
                    TLanes b0 = TLanes.LoadAnywhere(b), b1 = TLanes.LoadAnywhere(b + TLanes.Count);
                    T* c = a + four;
                    TLanes r = TLanes.Broadcast(a[0]);
                    s00 = TLanes.MultiplyAdd(r, b0, s00);
                    s01 = TLanes.MultiplyAdd(r, b1, s01);
                    r = TLanes.Broadcast(a[leftStride]);
                    s10 = TLanes.MultiplyAdd(r, b0, s10);
                    s11 = TLanes.MultiplyAdd(r, b1, s11);
                    r = TLanes.Broadcast(a[two]);
                    s20 = TLanes.MultiplyAdd(r, b0, s20);
                    s21 = TLanes.MultiplyAdd(r, b1, s21);
                    r = TLanes.Broadcast(a[three]);
                    s30 = TLanes.MultiplyAdd(r, b0, s30);
                    s31 = TLanes.MultiplyAdd(r, b1, s31);
                    r = TLanes.Broadcast(c[0]);
                    s40 = TLanes.MultiplyAdd(r, b0, s40);
                    s41 = TLanes.MultiplyAdd(r, b1, s41);
                    r = TLanes.Broadcast(c[leftStride]);
                    s50 = TLanes.MultiplyAdd(r, b0, s50);
                    s51 = TLanes.MultiplyAdd(r, b1, s51);
                    r = TLanes.Broadcast(c[two]);
                    s60 = TLanes.MultiplyAdd(r, b0, s60);
                    s61 = TLanes.MultiplyAdd(r, b1, s61);
                    r = TLanes.Broadcast(c[three]);
                    s70 = TLanes.MultiplyAdd(r, b0, s70);
                    s71 = TLanes.MultiplyAdd(r, b1, s71);
                    a += leftStep;
                    b += rightStep;
                }
            }
        }

        GemmKernels.Store<TLanes, T>(product, s00, accumulate);
        GemmKernels.Store<TLanes, T>(product + TLanes.Count, s01, accumulate);
        GemmKernels.Store<TLanes, T>(product + productStride, s10, accumulate);
        GemmKernels.Store<TLanes, T>(product + productStride + TLanes.Count, s11, accumulate);
        GemmKernels.Store<TLanes, T>(product + 2 * productStride, s20, accumulate);
        GemmKernels.Store<TLanes, T>(product + 2 * productStride + TLanes.Count, s21, accumulate);
        GemmKernels.Store<TLanes, T>(product + 3 * productStride, s30, accumulate);
        GemmKernels.Store<TLanes, T>(product + 3 * productStride + TLanes.Count, s31, accumulate);
        GemmKernels.Store<TLanes, T>(product + 4 * productStride, s40, accumulate);
        GemmKernels.Store<TLanes, T>(product + 4 * productStride + TLanes.Count, s41, accumulate);
        GemmKernels.Store<TLanes, T>(product + 5 * productStride, s50, accumulate);
        GemmKernels.Store<TLanes, T>(product + 5 * productStride + TLanes.Count, s51, accumulate);
        GemmKernels.Store<TLanes, T>(product + 6 * productStride, s60, accumulate);
        GemmKernels.Store<TLanes, T>(product + 6 * productStride + TLanes.Count, s61, accumulate);
        GemmKernels.Store<TLanes, T>(product + 7 * productStride, s70, accumulate);
        GemmKernels.Store<TLanes, T>(product + 7 * productStride + TLanes.Count, s71, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByOne<TLanes, T>(T* left, nint leftStride, T* right, GemmDepth* depth, T* product, nint productStride, bool accumulate)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes s00 = TLanes.Zero, s10 = TLanes.Zero, s20 = TLanes.Zero, s30 = TLanes.Zero, s40 = TLanes.Zero, s50 = TLanes.Zero, s60 = TLanes.Zero, s70 = TLanes.Zero;
        GemmLoop outer = depth->Outer, middle = depth->Middle, inner = depth->Inner;
        nint two = 2 * leftStride, three = 3 * leftStride, four = 4 * leftStride;
        nint leftStep = inner.LeftStride, rightStep = inner.RightStride;
        for (int p = 0; p < outer.Count; p++)
        {
            for (int q = 0; q < middle.Count; q++)
            {
                T* a = left + (nint)p * outer.LeftStride + (nint)q * middle.LeftStride;
                T* b = right + (nint)p * outer.RightStride + (nint)q * middle.RightStride;
                for (int k = inner.Count; k > 0; k--)
                {
                    TLanes b0 = TLanes.LoadAnywhere(b);
                    T* c = a + four;
                    s00 = TLanes.MultiplyAdd(TLanes.Broadcast(a[0]), b0, s00);
                    s10 = TLanes.MultiplyAdd(TLanes.Broadcast(a[leftStride]), b0, s10);
                    s20 = TLanes.MultiplyAdd(TLanes.Broadcast(a[two]), b0, s20);
                    s30 = TLanes.MultiplyAdd(TLanes.Broadcast(a[three]), b0, s30);
                    s40 = TLanes.MultiplyAdd(TLanes.Broadcast(c[0]), b0, s40);
                    s50 = TLanes.MultiplyAdd(TLanes.Broadcast(c[leftStride]), b0, s50);
                    s60 = TLanes.MultiplyAdd(TLanes.Broadcast(c[two]), b0, s60);
                    s70 = TLanes.MultiplyAdd(TLanes.Broadcast(c[three]), b0, s70);
                    a += leftStep;
                    b += rightStep;
                }
            }
        }

        GemmKernels.Store<TLanes, T>(product, s00, accumulate);
        GemmKernels.Store<TLanes, T>(product + productStride, s10, accumulate);
        GemmKernels.Store<TLanes, T>(product + 2 * productStride, s20, accumulate);
        GemmKernels.Store<TLanes, T>(product + 3 * productStride, s30, accumulate);
        GemmKernels.Store<TLanes, T>(product + 4 * productStride, s40, accumulate);
        GemmKernels.Store<TLanes, T>(product + 5 * productStride, s50, accumulate);
        GemmKernels.Store<TLanes, T>(product + 6 * productStride, s60, accumulate);
        GemmKernels.Store<TLanes, T>(product + 7 * productStride, s70, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByOne<TLanes, T>(T* left, nint leftStride, T* right, GemmDepth* depth, T* product, nint productStride, bool accumulate)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes s00 = TLanes.Zero, s10 = TLanes.Zero, s20 = TLanes.Zero, s30 = TLanes.Zero;
        GemmLoop outer = depth->Outer, middle = depth->Middle, inner = depth->Inner;
        nint two = 2 * leftStride, three = 3 * leftStride;
        nint leftStep = inner.LeftStride, rightStep = inner.RightStride;
        for (int p = 0; p < outer.Count; p++)
        {
            for (int q = 0; q < middle.Count; q++)
            {
                T* a = left + (nint)p * outer.LeftStride + (nint)q * middle.LeftStride;
                T* b = right + (nint)p * outer.RightStride + (nint)q * middle.RightStride;
                for (int k = inner.Count; k > 0; k--)
                {
                    TLanes b0 = TLanes.LoadAnywhere(b);
                    s00 = TLanes.MultiplyAdd(TLanes.Broadcast(a[0]), b0, s00);
                    s10 = TLanes.MultiplyAdd(TLanes.Broadcast(a[leftStride]), b0, s10);
                    s20 = TLanes.MultiplyAdd(TLanes.Broadcast(a[two]), b0, s20);
                    s30 = TLanes.MultiplyAdd(TLanes.Broadcast(a[three]), b0, s30);
                    a += leftStep;
                    b += rightStep;
                }
            }
        }

        GemmKernels.Store<TLanes, T>(product, s00, accumulate);
        GemmKernels.Store<TLanes, T>(product + productStride, s10, accumulate);
        GemmKernels.Store<TLanes, T>(product + 2 * productStride, s20, accumulate);
        GemmKernels.Store<TLanes, T>(product + 3 * productStride, s30, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowByTwo<TLanes, T>(T* left, T* right, GemmDepth* depth, T* product)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes s0 = TLanes.Zero, s1 = TLanes.Zero;
        GemmLoop outer = depth->Outer, middle = depth->Middle, inner = depth->Inner;
        for (int p = 0; p < outer.Count; p++)
        {
            for (int q = 0; q < middle.Count; q++)
            {
                T* a = left + (nint)p * outer.LeftStride + (nint)q * middle.LeftStride;
                T* b = right + (nint)p * outer.RightStride + (nint)q * middle.RightStride;
                for (int k = inner.Count; k > 0; k--)
                {
                    TLanes r = TLanes.Broadcast(*a);
                    s0 = TLanes.MultiplyAdd(r, TLanes.LoadAnywhere(b), s0);
                    s1 = TLanes.MultiplyAdd(r, TLanes.LoadAnywhere(b + TLanes.Count), s1);
                    a += inner.LeftStride;
                    b += inner.RightStride;
                }
            }
        }

        TLanes.StoreAnywhere(product, s0);
        TLanes.StoreAnywhere(product + TLanes.Count, s1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowByOne<TLanes, T>(T* left, T* right, GemmDepth* depth, T* product)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes s0 = TLanes.Zero;
        GemmLoop outer = depth->Outer, middle = depth->Middle, inner = depth->Inner;
        for (int p = 0; p < outer.Count; p++)
        {
            for (int q = 0; q < middle.Count; q++)
            {
                T* a = left + (nint)p * outer.LeftStride + (nint)q * middle.LeftStride;
                T* b = right + (nint)p * outer.RightStride + (nint)q * middle.RightStride;
                for (int k = inner.Count; k > 0; k--)
                {
                    TLanes r = TLanes.Broadcast(*a);
                    s0 = TLanes.MultiplyAdd(r, TLanes.LoadAnywhere(b), s0);
                    a += inner.LeftStride;
                    b += inner.RightStride;
                }
            }
        }

        TLanes.StoreAnywhere(product, s0);
    }

    private static void PlainTile<T>(T* left, nint leftStride, T* right, GemmDepth* depth, T* product, nint productStride, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int step = PatchGemm.ColumnStep<T>();
        T* sums = stackalloc T[step];
        PlainRow(left, right, depth, sums);
        for (int j = 0; j < step; j++) product[j] = accumulate ? product[j] + sums[j] : sums[j];
    }

    private static void PlainRow<T>(T* left, T* right, GemmDepth* depth, T* product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int step = PatchGemm.ColumnStep<T>();
        new Span<T>(product, step).Clear();
        GemmLoop outer = depth->Outer, middle = depth->Middle, inner = depth->Inner;
        for (int p = 0; p < outer.Count; p++)
        {
            for (int q = 0; q < middle.Count; q++)
            {
                for (int k = 0; k < inner.Count; k++)
                {
                    T a = left[(nint)p * outer.LeftStride + (nint)q * middle.LeftStride + (nint)k * inner.LeftStride];
                    T* b = right + (nint)p * outer.RightStride + (nint)q * middle.RightStride + (nint)k * inner.RightStride;
                    for (int j = 0; j < step; j++) product[j] += a * b[j];
                }
            }
        }
    }
}
