using System.Numerics;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Training.Layers;

/// <summary>Every output from every input; samples are the rows of one product.</summary>
internal sealed class FullyConnectedLayer<T> : MatrixLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int SamplesTogether = 8;
    private const int RowsTogether = 64;

    private readonly T[] _backward;
    private T[] _copy = [], _wide = [], _gradient = [];

    public FullyConnectedLayer(FeatureShape input, FeatureShape output, FullyConnectedSpec spec, bool hasSignedInput, int threads)
        : base(input, output, input.Count, spec.Outputs, spec.HasBias, hasSignedInput, threads) =>
        _backward = new T[spec.Outputs * RoundUp(input.Count)];

    public override T[] Backward(T[] outputGradient, int batch, bool needsInput)
    {
        int k = Inputs, o = Outputs, wide = RoundUp(o);
        RangeGradient(outputGradient, batch);
        if (BiasGradient.Length > 0)
        {
            BiasGradient.Span.Clear();
            for (int i = 0; i < batch; i++) Lanes.Add(outputGradient.AsSpan(i * o, o), BiasGradient.Span);
        }

        T[] right = outputGradient;
        if (wide != o)
        {
            right = Room(ref _wide, batch * wide);
            for (int i = 0; i < batch; i++) outputGradient.AsSpan(i * o, o).CopyTo(right.AsSpan(i * wide));
        }

        Each((k + RowsTogether - 1) / RowsTogether, piece =>
        {
            int first = piece * RowsTogether, rows = Math.Min(RowsTogether, k - first);
            PatchGemm.Multiply(_copy.AsSpan(first), 1, right, new GemmDepth(GemmLoop.Once, GemmLoop.Once, new GemmLoop(batch, k, wide)), rows, o,
                WeightGradient.Span.Slice(first * o, rows * o), o);
        });
        if (!needsInput) return _gradient;

        T[] gradient = Room(ref _gradient, batch * k);
        int block = PatchGemm.ColumnBlock<T>();
        Each((k + block - 1) / block, piece =>
        {
            int column = piece * block, width = BlockWidth(k, column);
            PatchGemm.Multiply<T>(outputGradient, o, _backward.AsSpan(column * o, o * width), new GemmDepth(GemmLoop.Once, GemmLoop.Once, new GemmLoop(o, 1, width)),
                batch, Math.Min(block, k - column), gradient.AsSpan(column), k);
        });
        return gradient;
    }

    public override void Patch(int sample, int pixel, Span<T> inputs) => _copy.AsSpan(sample * Inputs, Inputs).CopyTo(inputs);

    protected override void PackBackward(ReadOnlySpan<T> effective)
    {
        int k = Inputs, o = Outputs, block = PatchGemm.ColumnBlock<T>();
        for (int column = 0; column < k; column += block)
        {
            int width = BlockWidth(k, column), real = Math.Min(width, k - column);
            Span<T> target = _backward.AsSpan(column * o, o * width);
            target.Clear();
            for (int j = 0; j < real; j++)
                for (int i = 0; i < o; i++) target[i * width + j] = effective[(column + j) * o + i];
        }
    }

    protected override void Take(T[] input, int batch, Action<ReadOnlyMemory<T>, Memory<T>>? quantize)
    {
        T[] copy = Room(ref _copy, batch * Inputs);
        if (quantize is null) input.AsSpan(0, batch * Inputs).CopyTo(copy);
        else quantize(input.AsMemory(0, batch * Inputs), copy.AsMemory(0, batch * Inputs));
    }

    protected override int ItemCount(int batch) => (batch + SamplesTogether - 1) / SamplesTogether;

    protected override ReadOnlyMemory<T> ItemInput(int item, int batch) => _copy.AsMemory(item * SamplesTogether * Inputs, ItemRows(item, batch) * Inputs);

    protected override int ItemRows(int item, int batch) => Math.Min(SamplesTogether, batch - item * SamplesTogether);

    protected override void Product(ReadOnlySpan<T> left, int rows, int first, int end, Span<T> product) => MultiplyPacked(
        left[first..], Inputs, first, new GemmDepth(GemmLoop.Once, GemmLoop.Once, new GemmLoop(end - first, 1, 1)), rows, product, Outputs, false);

    protected override void Store(int item, int batch, ReadOnlySpan<T> product, T[] output, ReadOnlySpan<T> bias)
    {
        for (int i = 0; i < product.Length / Outputs; i++)
        {
            Span<T> to = output.AsSpan((item * SamplesTogether + i) * Outputs, Outputs);
            if (bias.IsEmpty) product.Slice(i * Outputs, Outputs).CopyTo(to);
            else Lanes.Add(product.Slice(i * Outputs, Outputs), bias, to);
        }
    }
}
