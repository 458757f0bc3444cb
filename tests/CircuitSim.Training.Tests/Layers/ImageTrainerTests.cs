using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Tiles;
using CircuitSim.TestSupport;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Tests.ArchitectureAware;

namespace CircuitSim.Training.Tests.Layers;

[Trait("Kind", "property")]
public class ImageTrainerTests
{
    private static ArrayModel Arrays { get; } = new() { WeightBits = 4, InputBits = 8, OnOffRatio = 10, Tiles = new TileModel { Inputs = 20, Outputs = 4 }, Variation = 0.01 };

    [Theory]
    [InlineData(ImageOptimizer.Sgd, false)]
    [InlineData(ImageOptimizer.Adam, true)]
    public void A_training_that_is_stopped_goes_on_to_the_same_bits(ImageOptimizer optimizer, bool isOnArrays)
    {
        using var folder = new TemporaryFolder();
        ImageTrainingOptions options = TinyNetworks.Options with { Optimizer = optimizer, LearningRate = optimizer == ImageOptimizer.Adam ? 0.005 : 0.05, IsNesterov = true, WeightDecay = 1e-4 };
        ArrayModel? arrays = isOnArrays ? Arrays : null;
        TrainedImageNetwork? start = isOnArrays ? ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, TinyNetworks.Options) : null;
        TrainedImageNetwork whole = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, options, arrays, start);
        string path = Path.Combine(folder.Root, "checkpoint");
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, options, arrays, start, path, 1,
            TinyNetworks.StopAfterHalf(stop), stop.Token));
        Assert.True(File.Exists(path));
        TrainedImageNetwork resumed = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, options, arrays, start, path, 2);

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
        Assert.Equal(whole.State.ToArray(), resumed.State.ToArray());
        Assert.Equal(whole.History, resumed.History);
        Assert.True(whole.History[^1].TestAccuracy > (isOnArrays ? 0.8 : 0.9));
    }

    [Fact]
    public void A_checkpoint_of_another_training_or_a_torn_one_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Root, "checkpoint");
        ImageTrainingOptions once = TinyNetworks.Options with { Epochs = 1 };
        ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, once, checkpointPath: path);

        var other = Assert.Throws<InputFileException>(() => ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, once with { Seed = 2 }, checkpointPath: path));
        Assert.Contains("other network, images, options or start", other.Message, StringComparison.Ordinal);

        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^10]);
        var torn = Assert.Throws<InputFileException>(() => ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, once, checkpointPath: path));
        Assert.Contains("not whole", torn.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_network_survives_its_file()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Root, "network");
        TrainedImageNetwork trained = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, TinyNetworks.Options with { Epochs = 1 });

        TrainedImageNetworkFile.Write(path, trained);
        TrainedImageNetwork read = TrainedImageNetworkFile.Read(path);

        Assert.Equal(trained.Parameters.ToArray(), read.Parameters.ToArray());
        Assert.Equal(trained.State.ToArray(), read.State.ToArray());
        Assert.Equal(trained.History, read.History);
        Assert.Equal(trained.Network.Matrices(), read.Network.Matrices());
    }

    [Fact]
    public void Networks_and_images_that_do_not_fit_are_refused_together()
    {
        NetworkSpec wrong = TinyNetworks.Network with { Input = new FeatureShape(10, 8, 1), Layers = [.. TinyNetworks.Network.Layers, new FullyConnectedSpec { Outputs = 3 }] };

        var e = Assert.Throws<InvalidDesignException>(() => ImageTrainer.Train(wrong, TinyNetworks.Images, TinyNetworks.Options));

        Assert.Equal(2, e.Violations.Count);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Rates_follow_their_schedules()
    {
        ImageTrainingOptions step = new() { Epochs = 10, LearningRate = 1, Schedule = RateSchedule.Step, StepEpochs = [3, 6], StepFactor = 0.1 }, cosine = new() { Epochs = 10, LearningRate = 1 };

        Assert.Equal([1, 0.1, 0.01], new long[] { 299, 300, 999 }.Select(s => Math.Round(step.Rate(s, 100), 12)));
        Assert.Equal([1, 0.5, 0], new long[] { 0, 500, 1000 }.Select(s => Math.Round(cosine.Rate(s, 100), 12)));
    }
}
