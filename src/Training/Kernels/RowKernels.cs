using System.Numerics;
using System.Runtime.InteropServices;

namespace CircuitSim.Training.Kernels;

/// <summary>Elementwise steps on rows of a layer's matrices.</summary>
internal static class RowKernels
{
    /// <summary>sum += row.</summary>
    /// <param name="row">Row.</param>
    /// <param name="sum">Running sum.</param>
    public static void Add(ReadOnlySpan<double> row, Span<double> sum)
    {
        ReadOnlySpan<Vector<double>> rows = MemoryMarshal.Cast<double, Vector<double>>(row);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum);
        for (int i = 0; i < rows.Length; i++) sums[i] += rows[i];
        for (int i = rows.Length * Vector<double>.Count; i < row.Length; i++) sum[i] += row[i];
    }

    /// <summary>sum += positive + negative; difference = positive − negative.</summary>
    /// <param name="positive">Devices on the positive line.</param>
    /// <param name="negative">Devices on the negative line.</param>
    /// <param name="sum">Running sum.</param>
    /// <param name="difference">Receives the difference.</param>
    public static void AddPair(ReadOnlySpan<double> positive, ReadOnlySpan<double> negative, Span<double> sum, Span<double> difference)
    {
        ReadOnlySpan<Vector<double>> p = MemoryMarshal.Cast<double, Vector<double>>(positive);
        ReadOnlySpan<Vector<double>> n = MemoryMarshal.Cast<double, Vector<double>>(negative);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum);
        Span<Vector<double>> differences = MemoryMarshal.Cast<double, Vector<double>>(difference);
        for (int i = 0; i < p.Length; i++)
        {
            sums[i] += p[i] + n[i];
            differences[i] = p[i] - n[i];
        }

        for (int i = p.Length * Vector<double>.Count; i < positive.Length; i++)
        {
            sum[i] += positive[i] + negative[i];
            difference[i] = positive[i] - negative[i];
        }
    }

    /// <summary>target = slope·(sign·drive − common): the normalisation's Jacobian and the conductance's derivative for one word line.</summary>
    /// <param name="slope">Derivative of σ of the word line with respect to its parameters.</param>
    /// <param name="drive">Sum over samples of word-line voltage times gate gradient.</param>
    /// <param name="sign">+1, or −1 for the negative line of a differential pair.</param>
    /// <param name="common">Sum over samples of gate voltage times gate gradient.</param>
    /// <param name="target">Receives the gradient; may be <paramref name="drive"/> itself.</param>
    public static void ParameterGradient(
        ReadOnlySpan<double> slope, ReadOnlySpan<double> drive, double sign, ReadOnlySpan<double> common, Span<double> target)
    {
        ReadOnlySpan<Vector<double>> slopes = MemoryMarshal.Cast<double, Vector<double>>(slope);
        ReadOnlySpan<Vector<double>> drives = MemoryMarshal.Cast<double, Vector<double>>(drive);
        ReadOnlySpan<Vector<double>> commons = MemoryMarshal.Cast<double, Vector<double>>(common);
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        for (int i = 0; i < slopes.Length; i++) targets[i] = slopes[i] * (drives[i] * sign - commons[i]);
        for (int i = slopes.Length * Vector<double>.Count; i < slope.Length; i++) target[i] = slope[i] * (drive[i] * sign - common[i]);
    }
}
