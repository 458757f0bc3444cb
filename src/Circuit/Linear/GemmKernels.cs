using System.Numerics;
using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>Register-blocked inner loops of <see cref="Gemm"/>: one tile of the product from a packed panel of the left factor.</summary>
/// <remarks>
/// A tile is RowCount x ColumnCount sums that live in vector registers while the depth runs. The left panel is packed depth-major,
/// RowCount numbers a step; the right panel is read in place, ColumnCount contiguous numbers a step.
/// </remarks>
internal static unsafe class GemmKernels
{
    /// <summary>8 x 16 tile of doubles: 16 sums of 8 in the 32 registers of AVX-512.</summary>
    public static GemmKernel<double> Wide512 { get; } = new(8, 16, &EightRows<DenseLanes512, double>);

    /// <summary>6 x 8 tile of doubles: 12 sums of 4 in the 16 registers of AVX2.</summary>
    public static GemmKernel<double> Wide256 { get; } = new(6, 8, &SixRows<DenseLanes256, double>);

    /// <summary>4 x 4 tile of doubles without vectors, for every other machine.</summary>
    public static GemmKernel<double> Scalar { get; } = new(4, 4, &FourRows<double>);

    /// <summary>8 x 32 tile of floats: 16 sums of 16.</summary>
    public static GemmKernel<float> SingleWide512 { get; } = new(8, 32, &EightRows<SingleLanes512, float>);

    /// <summary>6 x 16 tile of floats: 12 sums of 8.</summary>
    public static GemmKernel<float> SingleWide256 { get; } = new(6, 16, &SixRows<SingleLanes256, float>);

    /// <summary>4 x 4 tile of floats without vectors.</summary>
    public static GemmKernel<float> SingleScalar { get; } = new(4, 4, &FourRows<float>);

    private static GemmKernel<double> BestDouble { get; } = DenseLanes512.IsSupported ? Wide512 : DenseLanes256.IsSupported ? Wide256 : Scalar;

    private static GemmKernel<float> BestSingle { get; } = DenseLanes512.IsSupported ? SingleWide512 : DenseLanes256.IsSupported ? SingleWide256 : SingleScalar;

    /// <summary>The widest kernel that this machine runs in hardware.</summary>
    public static GemmKernel<T> Best<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? (GemmKernel<T>)(object)BestSingle : (GemmKernel<T>)(object)BestDouble;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRows<TLanes, T>(int depth, T* left, T* right, nint rightStride, T* product, nint productStride, bool accumulate)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes s00 = TLanes.Zero, s01 = TLanes.Zero, s10 = TLanes.Zero, s11 = TLanes.Zero, s20 = TLanes.Zero, s21 = TLanes.Zero,
            s30 = TLanes.Zero, s31 = TLanes.Zero, s40 = TLanes.Zero, s41 = TLanes.Zero, s50 = TLanes.Zero, s51 = TLanes.Zero,
            s60 = TLanes.Zero, s61 = TLanes.Zero, s70 = TLanes.Zero, s71 = TLanes.Zero;
        for (int k = 0; k < depth; k++)
        {
            TLanes b0 = TLanes.LoadAnywhere(right), b1 = TLanes.LoadAnywhere(right + TLanes.Count);
            TLanes a = TLanes.Broadcast(left[0]);
            s00 = TLanes.MultiplyAdd(a, b0, s00);
            s01 = TLanes.MultiplyAdd(a, b1, s01);
            a = TLanes.Broadcast(left[1]);
            s10 = TLanes.MultiplyAdd(a, b0, s10);
            s11 = TLanes.MultiplyAdd(a, b1, s11);
            a = TLanes.Broadcast(left[2]);
            s20 = TLanes.MultiplyAdd(a, b0, s20);
            s21 = TLanes.MultiplyAdd(a, b1, s21);
            a = TLanes.Broadcast(left[3]);
            s30 = TLanes.MultiplyAdd(a, b0, s30);
            s31 = TLanes.MultiplyAdd(a, b1, s31);
            a = TLanes.Broadcast(left[4]);
            s40 = TLanes.MultiplyAdd(a, b0, s40);
            s41 = TLanes.MultiplyAdd(a, b1, s41);
            a = TLanes.Broadcast(left[5]);
            s50 = TLanes.MultiplyAdd(a, b0, s50);
            s51 = TLanes.MultiplyAdd(a, b1, s51);
            a = TLanes.Broadcast(left[6]);
            s60 = TLanes.MultiplyAdd(a, b0, s60);
            s61 = TLanes.MultiplyAdd(a, b1, s61);
            a = TLanes.Broadcast(left[7]);
            s70 = TLanes.MultiplyAdd(a, b0, s70);
            s71 = TLanes.MultiplyAdd(a, b1, s71);
            left += 8;
            right += rightStride;
        }

        Store<TLanes, T>(product, s00, accumulate);
        Store<TLanes, T>(product + TLanes.Count, s01, accumulate);
        Store<TLanes, T>(product + productStride, s10, accumulate);
        Store<TLanes, T>(product + productStride + TLanes.Count, s11, accumulate);
        Store<TLanes, T>(product + 2 * productStride, s20, accumulate);
        Store<TLanes, T>(product + 2 * productStride + TLanes.Count, s21, accumulate);
        Store<TLanes, T>(product + 3 * productStride, s30, accumulate);
        Store<TLanes, T>(product + 3 * productStride + TLanes.Count, s31, accumulate);
        Store<TLanes, T>(product + 4 * productStride, s40, accumulate);
        Store<TLanes, T>(product + 4 * productStride + TLanes.Count, s41, accumulate);
        Store<TLanes, T>(product + 5 * productStride, s50, accumulate);
        Store<TLanes, T>(product + 5 * productStride + TLanes.Count, s51, accumulate);
        Store<TLanes, T>(product + 6 * productStride, s60, accumulate);
        Store<TLanes, T>(product + 6 * productStride + TLanes.Count, s61, accumulate);
        Store<TLanes, T>(product + 7 * productStride, s70, accumulate);
        Store<TLanes, T>(product + 7 * productStride + TLanes.Count, s71, accumulate);
    }

    // Lanes are two registers here, so one column of them is two of vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixRows<TLanes, T>(int depth, T* left, T* right, nint rightStride, T* product, nint productStride, bool accumulate)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero, s4 = TLanes.Zero, s5 = TLanes.Zero;
        for (int k = 0; k < depth; k++)
        {
            TLanes b = TLanes.LoadAnywhere(right);
            s0 = TLanes.MultiplyAdd(TLanes.Broadcast(left[0]), b, s0);
            s1 = TLanes.MultiplyAdd(TLanes.Broadcast(left[1]), b, s1);
            s2 = TLanes.MultiplyAdd(TLanes.Broadcast(left[2]), b, s2);
            s3 = TLanes.MultiplyAdd(TLanes.Broadcast(left[3]), b, s3);
            s4 = TLanes.MultiplyAdd(TLanes.Broadcast(left[4]), b, s4);
            s5 = TLanes.MultiplyAdd(TLanes.Broadcast(left[5]), b, s5);
            left += 6;
            right += rightStride;
        }

        Store<TLanes, T>(product, s0, accumulate);
        Store<TLanes, T>(product + productStride, s1, accumulate);
        Store<TLanes, T>(product + 2 * productStride, s2, accumulate);
        Store<TLanes, T>(product + 3 * productStride, s3, accumulate);
        Store<TLanes, T>(product + 4 * productStride, s4, accumulate);
        Store<TLanes, T>(product + 5 * productStride, s5, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows<T>(int depth, T* left, T* right, nint rightStride, T* product, nint productStride, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* sums = stackalloc T[16];
        new Span<T>(sums, 16).Clear();
        for (int k = 0; k < depth; k++)
        {
            for (int i = 0; i < 4; i++)
            {
                T a = left[i];
                sums[4 * i] += a * right[0];
                sums[4 * i + 1] += a * right[1];
                sums[4 * i + 2] += a * right[2];
                sums[4 * i + 3] += a * right[3];
            }

            left += 4;
            right += rightStride;
        }

        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                T* entry = product + i * productStride + j;
                *entry = accumulate ? *entry + sums[4 * i + j] : sums[4 * i + j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<TLanes, T>(T* to, TLanes value, bool accumulate)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLanes.StoreAnywhere(to, accumulate ? TLanes.Add(value, TLanes.LoadAnywhere(to)) : value);
}
