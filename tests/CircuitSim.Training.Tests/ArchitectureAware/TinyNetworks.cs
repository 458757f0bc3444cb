using CircuitSim.Circuit.Randomness;
using CircuitSim.Training.Data;
using CircuitSim.Training.Layers;

namespace CircuitSim.Training.Tests.ArchitectureAware;

/// <summary>A network and images that train in a blink.</summary>
internal static class TinyNetworks
{
    internal static NetworkSpec Network { get; } = new()
    {
        Name = "tiny",
        Input = new FeatureShape(8, 8, 1),
        Layers =
        [
            new ConvolutionSpec { OutputChannels = 6, HasBias = false }, new BatchNormalizationSpec(), new ReluSpec(), new PoolSpec { Size = 2 },
            new ConvolutionSpec { OutputChannels = 10 }, new ReluSpec(), new PoolSpec { Size = 2 }, new FullyConnectedSpec { Outputs = 4 },
        ],
    };

    /// <summary>A bright quarter in noise; the class says which.</summary>
    internal static ImageSplit Images { get; } = new(Draw(256, "training"), Draw(100, "test"));

    internal static ImageTrainingOptions Options { get; } = new() { Epochs = 3, BatchSize = 20, LearningRate = 0.05, HasFlips = false, CropPixels = 1 };

    /// <summary>Cancels when more than half of a training is done.</summary>
    internal static IProgress<ImageTrainingProgress> StopAfterHalf(CancellationTokenSource source) => new Stopper(source);

    private static LabelledImages Draw(int count, string purpose)
    {
        CounterRandom labels = new(4, $"{purpose} labels"), pixels = new(4, $"{purpose} pixels");
        byte[] label = [.. Enumerable.Range(0, count).Select(i => (byte)labels.Below((ulong)i, 4))];
        var image = new byte[count * 64];
        for (int k = 0; k < image.Length; k++)
        {
            int quarter = k % 64 / 32 * 2 + k % 8 / 4;
            image[k] = (byte)(pixels.Below((ulong)k, 140) + (quarter == label[k / 64] ? 60 : 0));
        }

        return new LabelledImages("quarters", 8, 8, 1, image, label, ["a", "b", "c", "d"]);
    }

    private sealed class Stopper(CancellationTokenSource source) : IProgress<ImageTrainingProgress>
    {
        public void Report(ImageTrainingProgress value)
        {
            if (value.Fraction > 0.5) source.Cancel();
        }
    }
}
