using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>Vectorised sums over dense rows.</summary>
internal static class DenseKernels
{
    /// <summary>Σ aᵢ·bᵢ over spans of equal length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> vb = MemoryMarshal.Cast<double, Vector<double>>(b[..a.Length]);
        Vector<double> first = Vector<double>.Zero, second = Vector<double>.Zero;
        int k = 0;
        for (; k + 1 < va.Length; k += 2)
        {
            first = Vector.FusedMultiplyAdd(va[k], vb[k], first);
            second = Vector.FusedMultiplyAdd(va[k + 1], vb[k + 1], second);
        }

        if (k < va.Length) first = Vector.FusedMultiplyAdd(va[k], vb[k], first);
        double sum = Vector.Sum(first + second);
        for (int i = va.Length * Vector<double>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>y := y + factor·x over spans of equal length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> vy = MemoryMarshal.Cast<double, Vector<double>>(y[..x.Length]);
        var scale = new Vector<double>(factor);
        for (int k = 0; k < vx.Length; k++) vy[k] = Vector.FusedMultiplyAdd(scale, vx[k], vy[k]);
        for (int i = vx.Length * Vector<double>.Count; i < x.Length; i++) y[i] += factor * x[i];
    }

    /// <summary>x := factor·x.</summary>
    internal static void Scale(double factor, Span<double> x)
    {
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (int k = 0; k < vectors.Length; k++) vectors[k] *= factor;
        for (int i = vectors.Length * Vector<double>.Count; i < x.Length; i++) x[i] *= factor;
    }

    /// <summary>Σ xᵢ, summed in four vectors of parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double SumInParts(ReadOnlySpan<double> x)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(x);
        Vector<double> first = Vector<double>.Zero, second = Vector<double>.Zero, third = Vector<double>.Zero, fourth = Vector<double>.Zero;
        int k = 0;
        for (; k + 3 < vectors.Length; k += 4)
        {
            first += vectors[k];
            second += vectors[k + 1];
            third += vectors[k + 2];
            fourth += vectors[k + 3];
        }

        for (; k < vectors.Length; k++) first += vectors[k];
        double sum = Vector.Sum(first + second + (third + fourth));
        for (int i = vectors.Length * Vector<double>.Count; i < x.Length; i++) sum += x[i];
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
}
