using System.Numerics;
using System.Runtime.InteropServices;

namespace CircuitSim.Training.Layers;

/// <summary>Pooling. Of several largest numbers in a window the first takes the gradient.</summary>
internal sealed class PoolLayer<T>(FeatureShape input, FeatureShape output, PoolSpec spec, int threads) : Layer<T>(input, output, threads)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _share = T.One / T.CreateChecked(spec.Size * spec.Size);
    private T[] _input = [], _output = [], _gradient = [];

    public override T[] Forward(T[] input, int batch, bool isTraining)
    {
        T[] output = Room(ref _output, batch * Output.Count);
        _input = input;
        Each(batch, i =>
        {
            ReadOnlySpan<T> from = input.AsSpan(i * Input.Count, Input.Count);
            Span<T> to = output.AsSpan(i * Output.Count, Output.Count);
            int c = Input.Channels;
            for (int y = 0; y < Output.Height; y++)
            {
                for (int x = 0; x < Output.Width; x++)
                {
                    Span<T> target = to.Slice((y * Output.Width + x) * c, c);
                    for (int w = 0; w < spec.Size * spec.Size; w++)
                    {
                        ReadOnlySpan<T> pixel = from.Slice(Place(y, x, w), c);
                        if (w == 0) pixel.CopyTo(target);
                        else if (spec.Pool == PoolKind.Maximum) Lanes.Max(pixel, target);
                        else Lanes.Add(pixel, target);
                    }

                    if (spec.Pool == PoolKind.Average) Lanes.Scale(target, _share);
                }
            }
        });
        return output;
    }

    public override T[] Backward(T[] outputGradient, int batch, bool needsInput)
    {
        T[] gradient = Room(ref _gradient, batch * Input.Count), input = _input, output = _output;
        int c = Input.Channels;
        Each(batch, i =>
        {
            Span<T> to = gradient.AsSpan(i * Input.Count, Input.Count);
            to.Clear();
            Span<T> open = new T[c];
            for (int y = 0; y < Output.Height; y++)
            {
                for (int x = 0; x < Output.Width; x++)
                {
                    int place = i * Output.Count + (y * Output.Width + x) * c;
                    outputGradient.AsSpan(place, c).CopyTo(open);
                    if (spec.Pool == PoolKind.Average) Lanes.Scale(open, _share);
                    for (int w = 0; w < spec.Size * spec.Size; w++)
                    {
                        int pixel = Place(y, x, w);
                        if (spec.Pool == PoolKind.Average) Lanes.Add<T>(open, to.Slice(pixel, c));
                        else Take(input.AsSpan(i * Input.Count + pixel, c), output.AsSpan(place, c), open, to.Slice(pixel, c));
                    }
                }
            }
        });
        return gradient;
    }

    private int Place(int y, int x, int w) =>
        ((y * spec.Step + w / spec.Size) * Input.Width + x * spec.Step + w % spec.Size) * Input.Channels;

    // Moves what is still open to the pixel that equals the largest number.
    private static void Take(ReadOnlySpan<T> value, ReadOnlySpan<T> largest, Span<T> open, Span<T> gradient)
    {
        ReadOnlySpan<Vector<T>> v = MemoryMarshal.Cast<T, Vector<T>>(value), m = MemoryMarshal.Cast<T, Vector<T>>(largest);
        Span<Vector<T>> o = MemoryMarshal.Cast<T, Vector<T>>(open), g = MemoryMarshal.Cast<T, Vector<T>>(gradient);
        for (int i = 0; i < v.Length; i++)
        {
            Vector<T> isLargest = Vector.Equals(v[i], m[i]);
            g[i] += Vector.ConditionalSelect(isLargest, o[i], Vector<T>.Zero);
            o[i] = Vector.ConditionalSelect(isLargest, Vector<T>.Zero, o[i]);
        }

        for (int i = v.Length * Vector<T>.Count; i < value.Length; i++)
        {
            if (value[i] != largest[i]) continue;
            gradient[i] += open[i];
            open[i] = T.Zero;
        }
    }
}
