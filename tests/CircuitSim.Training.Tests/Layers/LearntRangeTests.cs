using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.Tiles;
using CircuitSim.TestSupport;
using CircuitSim.Training.ArchitectureAware;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Tests.ArchitectureAware;

namespace CircuitSim.Training.Tests.Layers;

[Trait("Kind", "property")]
public class LearntRangeTests
{
    private const int Batch = 4;

    private static ArrayModel Coarse { get; } = new()
    {
        WeightBits = 4,
        InputBits = 8,
        OnOffRatio = 10,
        Tiles = new TileModel { Inputs = 20, Outputs = 4, ConverterBits = 3, Range = ConverterRange.Learnt },
    };

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_slope_is_the_rounding_within_the_range_and_the_value_beyond()
    {
        float[] slopes = [1, 0, 0, 0, 0, 0, 0, 0, 0], value = [0.3f, -0.3f, 0.25f, 9, -9, 0, 0, 0, -0.6f], step = new float[9], inverse = new float[9];
        Array.Fill(step, 0.5f);
        Array.Fill(inverse, 2);

        Lanes.AddRangeSlopes<float>(value, step, inverse, 4, 3, slopes);

        // Half a step rounds to the even code.
        Close.Lists([1.2, -0.2, -0.25, 1.5, -2, 0, 0, 0, 0.1], [.. slopes.Select(s => (double)s)], 1e-6);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Where_every_sum_is_clipped_gradients_agree_with_central_differences(bool isSigned, bool isBitSerial)
    {
        var spec = new NetworkSpec
        {
            Name = "one",
            Input = new FeatureShape(3, 3, 2),
            Normalization = isSigned ? new InputNormalization([0.5, 0.5], [1, 1]) : null,
            Layers = [new FullyConnectedSpec { Outputs = 5 }],
        };
        var model = new ConvolutionalModel<double>(spec, 1);
        model.Initialize(7);
        var random = new CounterRandom(5, "pixels");
        double[] inputs = [.. Enumerable.Range(0, Batch * 18).Select(i => random.Uniform((ulong)i) - (isSigned ? 0.5 : 0))];
        byte[] labels = [0, 3, 1, 4];
        model.Attach(new ArrayModel { InputBits = 4, Tiles = new TileModel { Inputs = 7, Outputs = 2, ConverterBits = 3, Range = ConverterRange.Learnt, IsBitSerial = isBitSerial } });
        model.Calibrate([(inputs, Batch)]);
        RangeLearner ranges = model.Matrices[0].Ranges;
        for (int a = 0; a < ranges.Gradient.Length; a++) ranges.Shares[a] = 1e-5f * (a + 1);

        Loss();
        model.Backward(Batch);
        double[] gradient = [.. ranges.Gradient];

        Assert.Equal(9, gradient.Length);
        double largest = gradient.Max(Math.Abs);
        Assert.True(largest > 1e-8);
        for (int a = 0; a < gradient.Length; a++)
        {
            float kept = ranges.Shares[a];
            ranges.Shares[a] = kept * 1.5f;
            double above = Loss();
            ranges.Shares[a] = kept * 0.5f;
            double below = Loss();
            ranges.Shares[a] = kept;

            // Outputs are linear in a range that clips all; of so small ones the loss is, too.
            Close.Numbers(above - below, gradient[a], 1e-3 * largest);
        }

        double Loss()
        {
            model.Prepare();
            return model.Loss(model.Forward(inputs, Batch, isTraining: true), labels, Batch, out _);
        }
    }

    [Fact]
    public void Learnt_ranges_of_coarse_converters_beat_calibrated_ones()
    {
        TrainedImageNetwork start = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, TinyNetworks.Options);
        ImageTrainingOptions options = TinyNetworks.Options with { Epochs = 6 };
        ArrayModel calibrated = Coarse with { Tiles = Coarse.Tiles! with { Range = ConverterRange.Calibrated } };

        TrainedImageNetwork fixedRange = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, options, calibrated, start), learnt = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, options, Coarse, start);

        Assert.Null(fixedRange.Ranges);
        Assert.Equal((20, 4), (learnt.Ranges!.ArrayInputs, learnt.Ranges.ArrayOutputs));
        Assert.Equal(2 + 9 + 2, learnt.Ranges.Shares.Count);
        Assert.True(learnt.History[^1].TrainingLoss < fixedRange.History[^1].TrainingLoss, $"{learnt.History[^1]} {fixedRange.History[^1]}");
        // The evaluator calibrates inputs by itself and takes the ranges from the network.
        Assert.Equal(learnt.History[^1].TestAccuracy, ArrayEvaluator.Create(learnt, Coarse, TinyNetworks.Images.Training).Evaluate(TinyNetworks.Images.Test).Accuracy);
    }

    [Fact]
    public void Learnt_ranges_survive_files_and_threads_and_go_on()
    {
        using var folder = new TemporaryFolder();
        ImageTrainingOptions options = TinyNetworks.Options with { Epochs = 3 };
        string checkpoint = Path.Combine(folder.Root, "checkpoint"), file = Path.Combine(folder.Root, "network");
        TrainedImageNetwork whole = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, options, Coarse);
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, options, Coarse, null, checkpoint, 1,
            TinyNetworks.StopAfterHalf(stop), stop.Token));
        TrainedImageNetwork resumed = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, options, Coarse, null, checkpoint, 2);
        TrainedImageNetworkFile.Write(file, resumed);
        TrainedImageNetwork read = TrainedImageNetworkFile.Read(file), next = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, options with { Epochs = 1, LearningRate = 1e-9 }, Coarse, read);

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
        Assert.Equal(whole.Ranges!.Shares, resumed.Ranges!.Shares);
        Assert.Equal(whole.Ranges.Shares, read.Ranges!.Shares);
        // One epoch of 13 steps moves a range by at most 1 % a step, and begins where the last training ended.
        Assert.All(next.Ranges!.Shares.Zip(read.Ranges.Shares), s => Assert.InRange(s.First / s.Second, 0.8, 1.25));
        Assert.NotEqual(next.Ranges.Shares, read.Ranges.Shares);
    }

    [Fact]
    public void Arrays_of_another_size_than_the_learnt_ones_are_refused()
    {
        TrainedImageNetwork plain = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, TinyNetworks.Options with { Epochs = 1 });
        TrainedImageNetwork learnt = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, TinyNetworks.Options with { Epochs = 1 }, Coarse, plain);

        var none = Assert.Throws<InvalidDesignException>(() => ArrayEvaluator.Create(plain, Coarse, TinyNetworks.Images.Training));
        var other = Assert.Throws<InvalidDesignException>(() => ArrayEvaluator.Create(learnt, Coarse with { Tiles = Coarse.Tiles! with { Inputs = 30 } }, TinyNetworks.Images.Training));

        Assert.Contains("no learnt ADC ranges for arrays of 20 x 4; train it", none.Message, StringComparison.Ordinal);
        Assert.Contains("for arrays of 30 x 4, but for 20 x 4", other.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TrainedImageNetwork(plain.Network, plain.Parameters.Span, plain.State.Span, plain.History) { Ranges = new LearntRanges(20, 4, [0.5f]) });
    }
}
