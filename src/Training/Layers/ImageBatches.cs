using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Training.Data;

namespace CircuitSim.Training.Layers;

/// <summary>Takes batches of images as numbers from 0 to 1, normalised where the network asks for it, flipped and shifted where training asks for it.</summary>
internal sealed class ImageBatches
{
    /// <summary>Images of a calibration or evaluation batch.</summary>
    public const int EvaluationBatch = 100;

    private readonly LabelledImages _images;
    private readonly int _threads;
    private readonly float[] _scale, _shift;

    /// <param name="images">The images.</param>
    /// <param name="normalization">What is done to their pixels, or null for nothing.</param>
    /// <param name="threads">Threads at most.</param>
    public ImageBatches(LabelledImages images, InputNormalization? normalization, int threads)
    {
        (_images, _threads) = (images, threads);
        double[] deviation = [.. normalization?.Deviation ?? Enumerable.Repeat(1.0, images.Channels)];
        _scale = [.. deviation.Select(d => (float)(255 * d))];
        _shift = [.. deviation.Select((d, c) => (float)((normalization?.Mean[c] ?? 0) / d))];
    }

    /// <summary>The first images as they are, in batches.</summary>
    public IReadOnlyList<(float[] Inputs, int Batch)> First(int count)
    {
        var all = new List<(float[], int)>();
        for (int start = 0; start < Math.Min(count, _images.Count); start += EvaluationBatch)
        {
            int batch = Math.Min(EvaluationBatch, Math.Min(count, _images.Count) - start);
            var inputs = new float[batch * _images.ImageLength];
            Take(start, batch, inputs);
            all.Add((inputs, batch));
        }

        return all;
    }

    /// <summary>Images as they are.</summary>
    public void Take(int start, int batch, float[] inputs)
    {
        ReadOnlySpan<byte> pixels = _images.Pixels.Span.Slice(start * _images.ImageLength, batch * _images.ImageLength);
        for (int k = 0; k < pixels.Length; k++) inputs[k] = pixels[k] / _scale[k % _scale.Length] - _shift[k % _scale.Length];
    }

    /// <summary>Images of a step of training.</summary>
    /// <param name="order">Indices of the images of the step.</param>
    /// <param name="first">Number of the step's first image since training began: the index of its draws.</param>
    /// <param name="options">Augmentation.</param>
    /// <param name="inputs">Receives the numbers.</param>
    /// <param name="labels">Receives the classes.</param>
    public void Take(ReadOnlyMemory<int> order, long first, ImageTrainingOptions options, float[] inputs, byte[] labels)
    {
        CounterRandom flips = new(options.Seed, "flip of training images"), shifts = new(options.Seed, "shift of training images");
        ReadOnlyMemory<byte> labelOf = _images.Labels;
        if (_threads == 1) for (int i = 0; i < order.Length; i++) One(i);
        else ParallelWork.For(order.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, One);

        void One(int i)
        {
            int image = order.Span[i], side = 2 * options.CropPixels + 1;
            ulong index = (ulong)(first + i);
            bool isFlipped = options.HasFlips && (flips.Bits(index) & 1) == 1;
            int place = options.CropPixels == 0 ? 0 : shifts.Below(index, side * side);
            (int down, int right) = options.CropPixels == 0 ? (0, 0) : (place / side - options.CropPixels, place % side - options.CropPixels);
            labels[i] = labelOf.Span[image];
            Copy(_images.Pixels.Span.Slice(image * _images.ImageLength, _images.ImageLength), inputs.AsSpan(i * _images.ImageLength, _images.ImageLength), isFlipped, down, right);
        }
    }

    private void Copy(ReadOnlySpan<byte> from, Span<float> to, bool isFlipped, int down, int right)
    {
        (int height, int width, int channels) = (_images.Height, _images.Width, _images.Channels);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int sourceY = y + down, sourceX = (isFlipped ? width - 1 - x : x) + right;
                bool isInside = (uint)sourceY < (uint)height && (uint)sourceX < (uint)width;
                for (int c = 0; c < channels; c++)
                    to[(y * width + x) * channels + c] = isInside ? from[(sourceY * width + sourceX) * channels + c] / _scale[c] - _shift[c] : 0f - _shift[c];
            }
        }
    }
}
