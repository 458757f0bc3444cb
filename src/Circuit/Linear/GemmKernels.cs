using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CircuitSim.Circuit.Linear;

/// <summary>Register-blocked inner loops of <see cref="Gemm"/>: one tile of the product from a packed panel of the left factor.</summary>
/// <remarks>
/// A tile is RowCount x ColumnCount sums that live in vector registers while the depth runs. The left panel is packed depth-major,
/// RowCount numbers a step; the right panel is read in place, ColumnCount contiguous numbers a step.
/// </remarks>
internal static unsafe class GemmKernels
{
    /// <summary>8 x 16 tile: 16 sums of 8 doubles in the 32 registers of AVX-512.</summary>
    public static GemmKernel Wide512 { get; } = new(8, 16, &Tile512);

    /// <summary>6 x 8 tile: 12 sums of 4 doubles in the 16 registers of AVX2.</summary>
    public static GemmKernel Wide256 { get; } = new(6, 8, &Tile256);

    /// <summary>4 x 4 tile without vectors, for every other machine.</summary>
    public static GemmKernel Scalar { get; } = new(4, 4, &TileScalar);

    /// <summary>The widest kernel that this machine runs in hardware.</summary>
    public static GemmKernel Best { get; } = Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? Wide512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? Wide256
        : Scalar;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile512(int depth, double* left, double* right, nint rightStride, double* product, nint productStride, bool accumulate)
    {
        Vector512<double> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector512<double> s20 = default, s21 = default, s30 = default, s31 = default;
        Vector512<double> s40 = default, s41 = default, s50 = default, s51 = default;
        Vector512<double> s60 = default, s61 = default, s70 = default, s71 = default;
        for (int k = 0; k < depth; k++)
        {
            Vector512<double> b0 = Vector512.Load(right), b1 = Vector512.Load(right + 8);
            Vector512<double> a = Vector512.Create(left[0]);
            s00 = Vector512.FusedMultiplyAdd(a, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(a, b1, s01);
            a = Vector512.Create(left[1]);
            s10 = Vector512.FusedMultiplyAdd(a, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(a, b1, s11);
            a = Vector512.Create(left[2]);
            s20 = Vector512.FusedMultiplyAdd(a, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(a, b1, s21);
            a = Vector512.Create(left[3]);
            s30 = Vector512.FusedMultiplyAdd(a, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(a, b1, s31);
            a = Vector512.Create(left[4]);
            s40 = Vector512.FusedMultiplyAdd(a, b0, s40);
            s41 = Vector512.FusedMultiplyAdd(a, b1, s41);
            a = Vector512.Create(left[5]);
            s50 = Vector512.FusedMultiplyAdd(a, b0, s50);
            s51 = Vector512.FusedMultiplyAdd(a, b1, s51);
            a = Vector512.Create(left[6]);
            s60 = Vector512.FusedMultiplyAdd(a, b0, s60);
            s61 = Vector512.FusedMultiplyAdd(a, b1, s61);
            a = Vector512.Create(left[7]);
            s70 = Vector512.FusedMultiplyAdd(a, b0, s70);
            s71 = Vector512.FusedMultiplyAdd(a, b1, s71);
            left += 8;
            right += rightStride;
        }

        Store(product, s00, s01, accumulate);
        Store(product + productStride, s10, s11, accumulate);
        Store(product + 2 * productStride, s20, s21, accumulate);
        Store(product + 3 * productStride, s30, s31, accumulate);
        Store(product + 4 * productStride, s40, s41, accumulate);
        Store(product + 5 * productStride, s50, s51, accumulate);
        Store(product + 6 * productStride, s60, s61, accumulate);
        Store(product + 7 * productStride, s70, s71, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile256(int depth, double* left, double* right, nint rightStride, double* product, nint productStride, bool accumulate)
    {
        Vector256<double> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<double> s20 = default, s21 = default, s30 = default, s31 = default;
        Vector256<double> s40 = default, s41 = default, s50 = default, s51 = default;
        for (int k = 0; k < depth; k++)
        {
            Vector256<double> b0 = Vector256.Load(right), b1 = Vector256.Load(right + 4);
            Vector256<double> a = Vector256.Create(left[0]);
            s00 = Vector256.FusedMultiplyAdd(a, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(a, b1, s01);
            a = Vector256.Create(left[1]);
            s10 = Vector256.FusedMultiplyAdd(a, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(a, b1, s11);
            a = Vector256.Create(left[2]);
            s20 = Vector256.FusedMultiplyAdd(a, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(a, b1, s21);
            a = Vector256.Create(left[3]);
            s30 = Vector256.FusedMultiplyAdd(a, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(a, b1, s31);
            a = Vector256.Create(left[4]);
            s40 = Vector256.FusedMultiplyAdd(a, b0, s40);
            s41 = Vector256.FusedMultiplyAdd(a, b1, s41);
            a = Vector256.Create(left[5]);
            s50 = Vector256.FusedMultiplyAdd(a, b0, s50);
            s51 = Vector256.FusedMultiplyAdd(a, b1, s51);
            left += 6;
            right += rightStride;
        }

        Store(product, s00, s01, accumulate);
        Store(product + productStride, s10, s11, accumulate);
        Store(product + 2 * productStride, s20, s21, accumulate);
        Store(product + 3 * productStride, s30, s31, accumulate);
        Store(product + 4 * productStride, s40, s41, accumulate);
        Store(product + 5 * productStride, s50, s51, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TileScalar(int depth, double* left, double* right, nint rightStride, double* product, nint productStride, bool accumulate)
    {
        double* sums = stackalloc double[16];
        new Span<double>(sums, 16).Clear();
        for (int k = 0; k < depth; k++)
        {
            for (int i = 0; i < 4; i++)
            {
                double a = left[i];
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
                double* entry = product + i * productStride + j;
                *entry = accumulate ? *entry + sums[4 * i + j] : sums[4 * i + j];
            }
        }
    }

    private static void Store(double* row, Vector512<double> first, Vector512<double> second, bool accumulate)
    {
        if (accumulate)
        {
            first += Vector512.Load(row);
            second += Vector512.Load(row + 8);
        }

        first.Store(row);
        second.Store(row + 8);
    }

    private static void Store(double* row, Vector256<double> first, Vector256<double> second, bool accumulate)
    {
        if (accumulate)
        {
            first += Vector256.Load(row);
            second += Vector256.Load(row + 4);
        }

        first.Store(row);
        second.Store(row + 4);
    }
}
