using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CircuitSim.Training.Layers;

/// <summary>Elementwise steps on rows of numbers, in vectors.</summary>
internal static class Lanes
{
    public static void Add<T>(ReadOnlySpan<T> row, Span<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> x = MemoryMarshal.Cast<T, Vector<T>>(row);
        Span<Vector<T>> s = MemoryMarshal.Cast<T, Vector<T>>(sum);
        for (int i = 0; i < x.Length; i++) s[i] += x[i];
        for (int i = x.Length * Vector<T>.Count; i < row.Length; i++) sum[i] += row[i];
    }

    public static void Subtract<T>(ReadOnlySpan<T> row, Span<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> x = MemoryMarshal.Cast<T, Vector<T>>(row);
        Span<Vector<T>> s = MemoryMarshal.Cast<T, Vector<T>>(sum);
        for (int i = 0; i < x.Length; i++) s[i] -= x[i];
        for (int i = x.Length * Vector<T>.Count; i < row.Length; i++) sum[i] -= row[i];
    }

    public static void Add<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> x = MemoryMarshal.Cast<T, Vector<T>>(left), y = MemoryMarshal.Cast<T, Vector<T>>(right);
        Span<Vector<T>> s = MemoryMarshal.Cast<T, Vector<T>>(sum);
        for (int i = 0; i < x.Length; i++) s[i] = x[i] + y[i];
        for (int i = x.Length * Vector<T>.Count; i < left.Length; i++) sum[i] = left[i] + right[i];
    }

    /// <summary>output = max(0, input).</summary>
    public static void Rectify<T>(ReadOnlySpan<T> input, Span<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> x = MemoryMarshal.Cast<T, Vector<T>>(input);
        Span<Vector<T>> y = MemoryMarshal.Cast<T, Vector<T>>(output);
        for (int i = 0; i < x.Length; i++) y[i] = Vector.Max(x[i], Vector<T>.Zero);
        for (int i = x.Length * Vector<T>.Count; i < input.Length; i++) output[i] = input[i] > T.Zero ? input[i] : T.Zero;
    }

    /// <summary>to = from where value is above 0, else 0.</summary>
    public static void Gate<T>(ReadOnlySpan<T> value, ReadOnlySpan<T> from, Span<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> v = MemoryMarshal.Cast<T, Vector<T>>(value), x = MemoryMarshal.Cast<T, Vector<T>>(from);
        Span<Vector<T>> y = MemoryMarshal.Cast<T, Vector<T>>(to);
        for (int i = 0; i < v.Length; i++) y[i] = Vector.ConditionalSelect(Vector.GreaterThan(v[i], Vector<T>.Zero), x[i], Vector<T>.Zero);
        for (int i = v.Length * Vector<T>.Count; i < value.Length; i++) to[i] = value[i] > T.Zero ? from[i] : T.Zero;
    }

    /// <summary>largest = max(largest, row).</summary>
    public static void Max<T>(ReadOnlySpan<T> row, Span<T> largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> x = MemoryMarshal.Cast<T, Vector<T>>(row);
        Span<Vector<T>> s = MemoryMarshal.Cast<T, Vector<T>>(largest);
        for (int i = 0; i < x.Length; i++) s[i] = Vector.Max(s[i], x[i]);
        for (int i = x.Length * Vector<T>.Count; i < row.Length; i++) if (row[i] > largest[i]) largest[i] = row[i];
    }

    public static void Scale<T>(Span<T> row, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector<T>> s = MemoryMarshal.Cast<T, Vector<T>>(row);
        for (int i = 0; i < s.Length; i++) s[i] *= factor;
        for (int i = s.Length * Vector<T>.Count; i < row.Length; i++) row[i] *= factor;
    }

    /// <summary>Largest absolute value.</summary>
    public static T Largest<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> all = Vector<T>.Zero;
        ReadOnlySpan<Vector<T>> x = MemoryMarshal.Cast<T, Vector<T>>(row);
        for (int i = 0; i < x.Length; i++) all = Vector.Max(all, Vector.Abs(x[i]));
        T largest = T.Zero;
        for (int i = 0; i < Vector<T>.Count; i++) largest = T.Max(largest, all[i]);
        for (int i = x.Length * Vector<T>.Count; i < row.Length; i++) largest = T.Max(largest, T.Abs(row[i]));
        return largest;
    }

    /// <summary>Rounds to multiples of step from low·step to high·step.</summary>
    public static void Quantize<T>(ReadOnlySpan<T> input, T step, T low, T high, Span<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> s = new(step), inverse = new(T.One / step), bottom = new(low), top = new(high);
        ReadOnlySpan<Vector<T>> x = MemoryMarshal.Cast<T, Vector<T>>(input);
        Span<Vector<T>> y = MemoryMarshal.Cast<T, Vector<T>>(output);
        for (int i = 0; i < x.Length; i++) y[i] = Vector.Min(Vector.Max(Round(x[i] * inverse), bottom), top) * s;
        for (int i = x.Length * Vector<T>.Count; i < input.Length; i++) output[i] = T.Min(T.Max(T.Round(input[i] * (T.One / step)), low), high) * step;
    }

    /// <summary>sum += slope of converted values with the logarithm of their range: the error of rounding, or all of a clamped value.</summary>
    /// <param name="value">Values before conversion.</param>
    /// <param name="step">Step of each column, negative where converted values are subtracted.</param>
    /// <param name="inverse">1 over the step's size.</param>
    /// <param name="low">Codes below zero.</param>
    /// <param name="high">Largest code.</param>
    /// <param name="sum">Sums to add to.</param>
    public static void AddRangeSlopes<T>(ReadOnlySpan<T> value, ReadOnlySpan<T> step, ReadOnlySpan<T> inverse, T low, T high, Span<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> bottom = new(-low), top = new(high);
        ReadOnlySpan<Vector<T>> x = MemoryMarshal.Cast<T, Vector<T>>(value), s = MemoryMarshal.Cast<T, Vector<T>>(step), n = MemoryMarshal.Cast<T, Vector<T>>(inverse);
        Span<Vector<T>> y = MemoryMarshal.Cast<T, Vector<T>>(sum);
        for (int i = 0; i < x.Length; i++)
        {
            Vector<T> steps = x[i] * n[i], code = Round(steps), kept = Vector.Min(Vector.Max(code, bottom), top);
            y[i] += Vector.ConditionalSelect(Vector.Equals(code, kept), code - steps, kept) * s[i];
        }

        for (int i = x.Length * Vector<T>.Count; i < value.Length; i++)
        {
            T steps = value[i] * inverse[i], code = T.Round(steps), kept = T.Min(T.Max(code, -low), high);
            sum[i] += (code == kept ? code - steps : kept) * step[i];
        }
    }

    /// <summary>sum += step·clamp(round(value/step), −low, high), each column with its step; returns how many were clamped.</summary>
    public static long AddConverted<T>(ReadOnlySpan<T> value, ReadOnlySpan<T> step, ReadOnlySpan<T> inverse, T low, T high, Span<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> bottom = new(-low), top = new(high), clamped = Vector<T>.Zero;
        ReadOnlySpan<Vector<T>> x = MemoryMarshal.Cast<T, Vector<T>>(value), s = MemoryMarshal.Cast<T, Vector<T>>(step), n = MemoryMarshal.Cast<T, Vector<T>>(inverse);
        Span<Vector<T>> y = MemoryMarshal.Cast<T, Vector<T>>(sum);
        long count = 0;
        for (int i = 0; i < x.Length; i++)
        {
            Vector<T> code = Round(x[i] * n[i]), kept = Vector.Min(Vector.Max(code, bottom), top);
            clamped += Vector.ConditionalSelect(Vector.Equals(code, kept), Vector<T>.Zero, Vector<T>.One);
            y[i] += kept * s[i];
        }

        for (int i = 0; i < Vector<T>.Count; i++) count += long.CreateTruncating(clamped[i]);
        for (int i = x.Length * Vector<T>.Count; i < value.Length; i++)
        {
            T code = T.Round(value[i] * inverse[i]), kept = T.Min(T.Max(code, -low), high);
            if (code != kept) count++;
            sum[i] += kept * step[i];
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Round<T>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<Vector<float>, Vector<T>>(Vector.Round(Unsafe.BitCast<Vector<T>, Vector<float>>(x)))
        : Unsafe.BitCast<Vector<double>, Vector<T>>(Vector.Round(Unsafe.BitCast<Vector<T>, Vector<double>>(x)));
}
