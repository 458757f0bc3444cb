using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>Vectorised sums over dense rows of doubles or floats.</summary>
internal static class DenseKernels
{
    /// <summary>Σ aᵢ·bᵢ over spans of equal length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> va = MemoryMarshal.Cast<T, Vector<T>>(a);
        ReadOnlySpan<Vector<T>> vb = MemoryMarshal.Cast<T, Vector<T>>(b[..a.Length]);
        Vector<T> first = Vector<T>.Zero, second = Vector<T>.Zero;
        int k = 0;
        for (; k + 1 < va.Length; k += 2)
        {
            first = MultiplyAdd(va[k], vb[k], first);
            second = MultiplyAdd(va[k + 1], vb[k + 1], second);
        }

        if (k < va.Length) first = MultiplyAdd(va[k], vb[k], first);
        T sum = Vector.Sum(first + second);
        for (int i = va.Length * Vector<T>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>y := y + factor·x over spans of equal length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddScaled<T>(T factor, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> vx = MemoryMarshal.Cast<T, Vector<T>>(x);
        Span<Vector<T>> vy = MemoryMarshal.Cast<T, Vector<T>>(y[..x.Length]);
        var scale = new Vector<T>(factor);
        for (int k = 0; k < vx.Length; k++) vy[k] = MultiplyAdd(scale, vx[k], vy[k]);
        for (int i = vx.Length * Vector<T>.Count; i < x.Length; i++) y[i] += factor * x[i];
    }

    /// <summary>x := factor·x.</summary>
    internal static void Scale<T>(T factor, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(x);
        for (int k = 0; k < vectors.Length; k++) vectors[k] *= factor;
        for (int i = vectors.Length * Vector<T>.Count; i < x.Length; i++) x[i] *= factor;
    }

    /// <summary>Σ xᵢ, summed in four vectors of parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T SumInParts<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(x);
        Vector<T> first = Vector<T>.Zero, second = Vector<T>.Zero, third = Vector<T>.Zero, fourth = Vector<T>.Zero;
        int k = 0;
        for (; k + 3 < vectors.Length; k += 4)
        {
            first += vectors[k];
            second += vectors[k + 1];
            third += vectors[k + 2];
            fourth += vectors[k + 3];
        }

        for (; k < vectors.Length; k++) first += vectors[k];
        T sum = Vector.Sum(first + second + (third + fourth));
        for (int i = vectors.Length * Vector<T>.Count; i < x.Length; i++) sum += x[i];
        return sum;
    }

    /// <summary>Σ xᵢ, in order.</summary>
    internal static double Sum(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double value in x) sum += value;
        return sum;
    }

    /// <summary>Index of the first entry that is infinite or not a number, or −1.</summary>
    internal static int IndexOfNotFinite(ReadOnlySpan<double> x)
    {
        // 0·x is 0 for every finite x and NaN for any other, and NaN survives a sum.
        Vector<double> sum = Vector<double>.Zero;
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(x);
        foreach (Vector<double> v in vectors) sum = Vector.FusedMultiplyAdd(v, Vector<double>.Zero, sum);
        int first = Vector.Sum(sum) == 0 ? vectors.Length * Vector<double>.Count : 0;
        for (int i = first; i < x.Length; i++)
            if (!double.IsFinite(x[i])) return i;
        return -1;
    }

    // a·b + c, rounded once. The branch is resolved when the kernel is compiled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> MultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? Vector.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
}
