using System.Numerics;

namespace CircuitSim.Training.Layers;

/// <summary>Batch normalisation over samples and pixels; parameters are scales, then shifts; state is running mean, then running variance.</summary>
internal sealed class BatchNormalizationLayer<T>(FeatureShape shape, BatchNormalizationSpec spec, int threads) : Layer<T>(shape, shape, threads)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _mean = new T[shape.Channels], _inverse = new T[shape.Channels];
    private T[] _input = [], _output = [], _gradient = [], _partial = [];
    private Memory<T> _parameters, _slope, _state;

    public override int ParameterCount => 2 * Input.Channels;

    public override int StateCount => 2 * Input.Channels;

    private int Pixels => Input.Height * Input.Width;

    public override void Bind(Memory<T> parameters, Memory<T> gradient, Memory<T> state)
    {
        (_parameters, _slope, _state) = (parameters, gradient, state);
        int c = Input.Channels;
        parameters.Span[..c].Fill(T.One);
        parameters.Span[c..].Clear();
        state.Span[..c].Clear();
        state.Span[c..].Fill(T.One);
    }

    public override T[] Forward(T[] input, int batch, bool isTraining)
    {
        T[] output = Room(ref _output, batch * Output.Count);
        int c = Input.Channels, count = Input.Count;
        _input = input;
        if (isTraining) Statistics(input, batch);
        else
            for (int k = 0; k < c; k++) (_mean[k], _inverse[k]) = (_state.Span[k], T.One / T.Sqrt(_state.Span[c + k] + T.CreateChecked(spec.Epsilon)));

        T[] scale = new T[c], shift = new T[c];
        for (int k = 0; k < c; k++)
        {
            scale[k] = _parameters.Span[k] * _inverse[k];
            shift[k] = _parameters.Span[c + k] - _mean[k] * scale[k];
        }

        Each(batch, i =>
        {
            for (int p = 0; p < Pixels; p++)
            {
                int place = i * count + p * c;
                Affine(input.AsSpan(place, c), scale, shift, output.AsSpan(place, c));
            }
        });
        return output;
    }

    public override T[] Backward(T[] outputGradient, int batch, bool needsInput)
    {
        T[] gradient = Room(ref _gradient, batch * Input.Count), partial = Room(ref _partial, batch * 2 * Input.Channels), input = _input;
        int c = Input.Channels, count = Input.Count;

        // Sums of g and of g·x over pixels, sample by sample.
        Each(batch, i =>
        {
            Span<T> sum = partial.AsSpan(i * 2 * c, c), product = partial.AsSpan(i * 2 * c + c, c);
            sum.Clear();
            product.Clear();
            for (int p = 0; p < Pixels; p++)
            {
                int place = i * count + p * c;
                ReadOnlySpan<T> g = outputGradient.AsSpan(place, c), x = input.AsSpan(place, c);
                Lanes.Add(g, sum);
                Correlate(g, x, _mean, product);
            }
        });
        T[] a = new T[c], b = new T[c], d = new T[c];
        double samples = (double)batch * Pixels;
        for (int k = 0; k < c; k++)
        {
            double sum = 0, product = 0, inverse = double.CreateChecked(_inverse[k]), scale = double.CreateChecked(_parameters.Span[k]);
            for (int i = 0; i < batch; i++)
            {
                sum += double.CreateChecked(partial[i * 2 * c + k]);
                product += double.CreateChecked(partial[i * 2 * c + c + k]);
            }

            product *= inverse;
            _slope.Span[k] = T.CreateChecked(product);
            _slope.Span[c + k] = T.CreateChecked(sum);

            // dx = scale·inverse·(g − sum/n − x̂·product/n), as a·g + b·x + d.
            a[k] = T.CreateChecked(scale * inverse);
            b[k] = T.CreateChecked(-scale * inverse * inverse * product / samples);
            d[k] = T.CreateChecked(-scale * inverse * sum / samples) - b[k] * _mean[k];
        }

        if (!needsInput) return gradient;
        Each(batch, i =>
        {
            for (int p = 0; p < Pixels; p++)
            {
                int place = i * count + p * c;
                Combine(outputGradient.AsSpan(place, c), input.AsSpan(place, c), a, b, d, gradient.AsSpan(place, c));
            }
        });
        return gradient;
    }

    private void Statistics(T[] input, int batch)
    {
        int c = Input.Channels, count = Input.Count;
        T[] partial = Room(ref _partial, batch * 2 * c);
        double samples = (double)batch * Pixels;
        Each(batch, i =>
        {
            Span<T> sum = partial.AsSpan(i * c, c);
            sum.Clear();
            for (int p = 0; p < Pixels; p++) Lanes.Add(input.AsSpan(i * count + p * c, c), sum);
        });
        var means = new double[c];
        for (int i = 0; i < batch * c; i++) means[i % c] += double.CreateChecked(partial[i]) / samples;
        for (int k = 0; k < c; k++) _mean[k] = T.CreateChecked(means[k]);
        Each(batch, i =>
        {
            Span<T> sum = partial.AsSpan(i * c, c);
            sum.Clear();
            for (int p = 0; p < Pixels; p++) Square(input.AsSpan(i * count + p * c, c), _mean, sum);
        });
        var variance = new double[c];
        for (int i = 0; i < batch * c; i++) variance[i % c] += double.CreateChecked(partial[i]) / samples;
        Span<T> state = _state.Span;
        T share = T.CreateChecked(spec.Momentum);
        for (int k = 0; k < c; k++)
        {
            _inverse[k] = T.CreateChecked(1 / Math.Sqrt(variance[k] + spec.Epsilon));
            state[k] += share * (_mean[k] - state[k]);
            // The running variance is the unbiased one.
            state[c + k] += share * (T.CreateChecked(variance[k] * samples / Math.Max(1, samples - 1)) - state[c + k]);
        }
    }

    private static void Affine(ReadOnlySpan<T> x, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, Span<T> y)
    {
        int k = 0;
        for (; k + Vector<T>.Count <= x.Length; k += Vector<T>.Count) (new Vector<T>(x[k..]) * new Vector<T>(scale[k..]) + new Vector<T>(shift[k..])).CopyTo(y[k..]);
        for (; k < x.Length; k++) y[k] = x[k] * scale[k] + shift[k];
    }

    private static void Correlate(ReadOnlySpan<T> g, ReadOnlySpan<T> x, ReadOnlySpan<T> mean, Span<T> sum)
    {
        int k = 0;
        for (; k + Vector<T>.Count <= g.Length; k += Vector<T>.Count)
            (new Vector<T>(sum[k..]) + new Vector<T>(g[k..]) * (new Vector<T>(x[k..]) - new Vector<T>(mean[k..]))).CopyTo(sum[k..]);
        for (; k < g.Length; k++) sum[k] += g[k] * (x[k] - mean[k]);
    }

    private static void Square(ReadOnlySpan<T> x, ReadOnlySpan<T> mean, Span<T> sum)
    {
        int k = 0;
        for (; k + Vector<T>.Count <= x.Length; k += Vector<T>.Count)
        {
            Vector<T> d = new Vector<T>(x[k..]) - new Vector<T>(mean[k..]);
            (new Vector<T>(sum[k..]) + d * d).CopyTo(sum[k..]);
        }

        for (; k < x.Length; k++) sum[k] += (x[k] - mean[k]) * (x[k] - mean[k]);
    }

    private static void Combine(ReadOnlySpan<T> g, ReadOnlySpan<T> x, ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> d, Span<T> y)
    {
        int k = 0;
        for (; k + Vector<T>.Count <= g.Length; k += Vector<T>.Count)
            (new Vector<T>(a[k..]) * new Vector<T>(g[k..]) + new Vector<T>(b[k..]) * new Vector<T>(x[k..]) + new Vector<T>(d[k..])).CopyTo(y[k..]);
        for (; k < g.Length; k++) y[k] = a[k] * g[k] + b[k] * x[k] + d[k];
    }
}
