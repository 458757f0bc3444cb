using System.Numerics;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Training.Layers;

/// <summary>Convolution without a copy of its patches: products run over a padded image in place.</summary>
internal sealed class ConvolutionLayer<T> : MatrixLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Images whose gradients are summed while weights stay in registers; four of the paper's fit the second-level cache.
    private const int ImagesTogether = 4;
    private const int RowsTogether = 48;

    private readonly int _kernel, _stride, _padding, _paddedHeight, _paddedWidth, _paddedCount;
    private readonly int _wideHeight, _wideWidth, _wideChannels, _wideCount, _border;
    private readonly bool _isRowWise;
    private readonly T[] _backward;
    private T[] _padded = [], _wide = [], _gradient = [], _partial = [];

    public ConvolutionLayer(FeatureShape input, FeatureShape output, ConvolutionSpec spec, bool hasSignedInput, int threads)
        : base(input, output, spec.Kernel * spec.Kernel * input.Channels, output.Channels, spec.HasBias, hasSignedInput, threads)
    {
        (_kernel, _stride, _padding) = (spec.Kernel, spec.Stride, spec.Padding);
        (_paddedHeight, _paddedWidth) = (input.Height + 2 * _padding, input.Width + 2 * _padding);
        _paddedCount = _paddedHeight * _paddedWidth * input.Channels;

        // The gradient of the inputs is a convolution of the output gradient, spread out by the stride and padded, with the turned kernel.
        _border = _kernel - 1 - _padding;
        (_wideHeight, _wideWidth, _wideChannels) = (input.Height + _kernel - 1, input.Width + _kernel - 1, RoundUp(output.Channels));
        _wideCount = _wideHeight * _wideWidth * _wideChannels;

        // Tiles are eight pixels wide: rows of other widths are computed as one run over the padded image, a few pixels between rows for nothing.
        _isRowWise = output.Width % 8 == 0;
        _backward = new T[_kernel * _kernel * _wideChannels * RoundUp(input.Channels)];
    }

    public override T[] Backward(T[] outputGradient, int batch, bool needsInput)
    {
        int o = Outputs;
        RangeGradient(outputGradient, batch);
        SumBias(outputGradient, batch);

        // With whole vectors of channels the output gradient can be read where it is.
        bool isDirect = o == _wideChannels;
        if (needsInput || !isDirect) Widen(outputGradient, batch);
        if (isDirect) WeightsGradient(outputGradient, batch, 0, Output.Height * Output.Width * o, Output.Width * o, o);
        else WeightsGradient(_wide, batch, (_border * _wideWidth + _border) * _wideChannels, _wideCount, _stride * _wideWidth * _wideChannels, _stride * _wideChannels);
        if (!needsInput) return _gradient;

        T[] gradient = Room(ref _gradient, batch * Input.Count);
        Each(batch, i => InputGradient(i, gradient));
        return gradient;
    }

    public override void Patch(int sample, int pixel, Span<T> inputs)
    {
        int run = _kernel * Input.Channels, line = _paddedWidth * Input.Channels;
        int start = sample * _paddedCount + pixel / Output.Width * _stride * line + pixel % Output.Width * _stride * Input.Channels;
        for (int y = 0; y < _kernel; y++) _padded.AsSpan(start + y * line, run).CopyTo(inputs[(y * run)..]);
    }

    protected override void PackBackward(ReadOnlySpan<T> effective)
    {
        int c = Input.Channels, o = Outputs, block = PatchGemm.ColumnBlock<T>(), rows = _kernel * _kernel * _wideChannels;
        for (int column = 0; column < c; column += block)
        {
            int width = BlockWidth(c, column), real = Math.Min(width, c - column);
            Span<T> target = _backward.AsSpan(column * rows, rows * width);
            target.Clear();
            for (int place = 0; place < _kernel * _kernel; place++)
            {
                int turned = _kernel * _kernel - 1 - place;
                for (int j = 0; j < real; j++)
                {
                    ReadOnlySpan<T> source = effective.Slice((turned * c + column + j) * o, o);
                    for (int k = 0; k < o; k++) target[(place * _wideChannels + k) * width + j] = source[k];
                }
            }
        }
    }

    protected override void Take(T[] input, int batch, Action<ReadOnlyMemory<T>, Memory<T>>? quantize)
    {
        T[] padded = Room(ref _padded, batch * _paddedCount);
        int width = Input.Width * Input.Channels;
        Each(batch, i =>
        {
            Span<T> image = padded.AsSpan(i * _paddedCount, _paddedCount);
            if (_padding > 0) image.Clear();
            for (int y = 0; y < Input.Height; y++)
            {
                int from = i * Input.Count + y * width, to = i * _paddedCount + ((y + _padding) * _paddedWidth + _padding) * Input.Channels;
                if (quantize is null) input.AsSpan(from, width).CopyTo(padded.AsSpan(to, width));
                else quantize(input.AsMemory(from, width), padded.AsMemory(to, width));
            }
        });
    }

    protected override int ItemCount(int batch) => batch;

    protected override ReadOnlyMemory<T> ItemInput(int item, int batch) => _padded.AsMemory(item * _paddedCount, _paddedCount);

    protected override int ItemRows(int item, int batch) => _isRowWise ? Output.Height * Output.Width : (Output.Height - 1) * _paddedWidth + Output.Width;

    protected override void Product(ReadOnlySpan<T> left, int rows, int first, int end, Span<T> product)
    {
        int c = Input.Channels, run = _kernel * c, line = _paddedWidth * c;
        bool isWhole = first == 0 && end == Inputs;
        int lines = _isRowWise ? Output.Height : 1, lineRows = _isRowWise ? Output.Width : rows;
        for (int y = 0; y < lines; y++)
        {
            ReadOnlySpan<T> from = left[(y * _stride * line)..];
            Span<T> to = product[(y * lineRows * Outputs)..];
            if (isWhole)
            {
                MultiplyPacked(from, _stride * c, 0, new GemmDepth(GemmLoop.Once, new GemmLoop(_kernel, line, run), new GemmLoop(run, 1, 1)), lineRows, to, Outputs, false);
                continue;
            }

            for (int input = first; input < end;)
            {
                int kernelRow = input / run, count = Math.Min(end - input, (kernelRow + 1) * run - input);
                MultiplyPacked(from[(kernelRow * line + input % run)..], _stride * c, input,
                    new GemmDepth(GemmLoop.Once, GemmLoop.Once, new GemmLoop(count, 1, 1)), lineRows, to, Outputs, input > first);
                input += count;
            }
        }
    }

    protected override void Store(int item, int batch, ReadOnlySpan<T> product, T[] output, ReadOnlySpan<T> bias)
    {
        int o = Outputs, line = _isRowWise ? Output.Width : _paddedWidth;
        for (int y = 0; y < Output.Height; y++)
        {
            ReadOnlySpan<T> from = product.Slice(y * line * o, Output.Width * o);
            Span<T> to = output.AsSpan(item * Output.Count + y * Output.Width * o, Output.Width * o);
            if (bias.IsEmpty) from.CopyTo(to);
            else for (int x = 0; x < Output.Width; x++) Lanes.Add(from.Slice(x * o, o), bias, to.Slice(x * o, o));
        }
    }

    private void SumBias(T[] outputGradient, int batch)
    {
        if (BiasGradient.Length == 0) return;
        int o = Outputs;
        T[] partial = Room(ref _partial, batch * o);
        Each(batch, i =>
        {
            Span<T> sum = partial.AsSpan(i * o, o);
            sum.Clear();
            for (int p = 0; p < Output.Height * Output.Width; p++) Lanes.Add(outputGradient.AsSpan(i * Output.Count + p * o, o), sum);
        });
        Span<T> all = BiasGradient.Span;
        all.Clear();
        for (int i = 0; i < batch; i++) Lanes.Add(partial.AsSpan(i * o, o), all);
    }

    private void Widen(T[] outputGradient, int batch)
    {
        int o = Outputs, wide = _wideChannels;
        T[] target = Room(ref _wide, batch * _wideCount);
        Each(batch, i =>
        {
            target.AsSpan(i * _wideCount, _wideCount).Clear();
            for (int y = 0; y < Output.Height; y++)
            {
                int from = i * Output.Count + y * Output.Width * o, to = i * _wideCount + ((_border + y * _stride) * _wideWidth + _border) * wide;
                if (o == wide && _stride == 1) outputGradient.AsSpan(from, Output.Width * o).CopyTo(target.AsSpan(to));
                else
                    for (int x = 0; x < Output.Width; x++) outputGradient.AsSpan(from + x * o, o).CopyTo(target.AsSpan(to + x * _stride * wide));
            }
        });
    }

    private void WeightsGradient(T[] right, int batch, int rightStart, int rightImage, int rightLine, int rightPixel)
    {
        int c = Input.Channels, run = _kernel * c, line = _paddedWidth * c, o = Outputs;
        int pieces = (run + RowsTogether - 1) / RowsTogether;
        Each(_kernel * pieces, item =>
        {
            int kernelRow = item / pieces, first = item % pieces * RowsTogether, rows = Math.Min(RowsTogether, run - first);
            Span<T> target = WeightGradient.Span.Slice((kernelRow * run + first) * o, rows * o);
            for (int image = 0; image < batch; image += ImagesTogether)
            {
                int images = Math.Min(ImagesTogether, batch - image);
                var depth = new GemmDepth(
                    new GemmLoop(images, _paddedCount, rightImage), new GemmLoop(Output.Height, _stride * line, rightLine), new GemmLoop(Output.Width, _stride * c, rightPixel));
                PatchGemm.Multiply(_padded.AsSpan(image * _paddedCount + kernelRow * line + first), 1, right.AsSpan(image * rightImage + rightStart), depth, rows, o, target, o, image > 0);
            }
        });
    }

    private void InputGradient(int image, T[] gradient)
    {
        int c = Input.Channels, block = PatchGemm.ColumnBlock<T>(), run = _kernel * _wideChannels, line = _wideWidth * _wideChannels, rows = _kernel * run;
        for (int column = 0; column < c; column += block)
        {
            int width = BlockWidth(c, column);
            var depth = new GemmDepth(GemmLoop.Once, new GemmLoop(_kernel, line, run * width), new GemmLoop(run, 1, width));
            ReadOnlySpan<T> weights = _backward.AsSpan(column * rows, rows * width);
            for (int y = 0; y < Input.Height; y++)
            {
                PatchGemm.Multiply(_wide.AsSpan(image * _wideCount + y * line, _kernel * line), _wideChannels, weights, depth,
                    Input.Width, Math.Min(block, c - column), gradient.AsSpan(image * Input.Count + y * Input.Width * c + column), c);
            }
        }
    }
}
