using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Tiles;
using CircuitSim.Training.Baseline;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.Data;
using CircuitSim.Training.ExSitu;
using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;
using CircuitSim.Training.Tests.ArchitectureAware;

namespace CircuitSim.Training.Tests.Optimizers;

/// <summary>A training that has lost its numbers never ends as a result, whichever trainer it is and whichever number is lost first.</summary>
[Trait("Kind", "property")]
public class DivergenceTests
{
    public static TheoryData<string, double> Trainings
    {
        get
        {
            var all = new TheoryData<string, double>();
            foreach (string trainer in Trainers.Keys)
                foreach (double rate in new[] { 1e7, 1e40, 1e300, 1e307 }) all.Add(trainer, rate);
            return all;
        }
    }

    private static Dictionary<string, Action<double>> Trainers { get; } = new()
    {
        ["inverters, Adam"] = rate => Inverters(rate, OptimizerKind.Adam),
        ["inverters, momentum"] = rate => Inverters(rate, OptimizerKind.Momentum),
        ["in the loop"] = InTheLoop,
        ["baseline"] = rate => TanhBaselineTrainer.Train([4, 5, 3], Schedule(rate), Iris()),
        ["software"] = rate => DenseTraining.Train([4, 5, 3], HiddenActivation.Tanh, Schedule(rate), Volts(training: true), Volts(training: false)),
        ["software, momentum"] = rate => DenseTraining.Train([4, 5, 3], HiddenActivation.Tanh, Schedule(rate) with { Optimizer = OptimizerKind.Momentum }, Volts(training: true), Volts(training: false)),
        ["in situ, scales given"] = rate => InSitu(rate, [1, 1], InSituOptimizer.Sgd, 10),
        ["in situ, scales of floating point"] = rate => InSitu(rate, [], InSituOptimizer.Sgd, 10),
        ["in situ, Adam"] = rate => InSitu(rate, [1, 1], InSituOptimizer.Adam, 10),
        ["in situ, each sample"] = rate => InSitu(rate, [1, 1], InSituOptimizer.Sgd, 1),
        ["floating point"] = rate => InSituTrainer.TrainFloatingPoint(SituOptions(rate, []), ThreeWaySplit.Create(DataSets.Open("iris"), 0.4, 0.3, 1)),
        ["convolutions"] = rate => Images(rate, null, ImageOptimizer.Sgd),
        ["convolutions, Adam"] = rate => Images(rate, null, ImageOptimizer.Adam),
        ["arrays"] = rate => Images(rate, new ArrayModel { WeightBits = 4, InputBits = 8, OnOffRatio = 10, Tiles = new TileModel { Inputs = 20, Outputs = 4 } }, ImageOptimizer.Sgd),
        ["arrays, Adam"] = rate => Images(rate, new ArrayModel { WeightBits = 4, InputBits = 8, OnOffRatio = 10, Tiles = new TileModel { Inputs = 20, Outputs = 4 } }, ImageOptimizer.Adam),
    };

    [Theory]
    [MemberData(nameof(Trainings))]
    public void An_absurd_learning_rate_ends_in_an_error_that_says_so(string trainer, double rate)
    {
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => Trainers[trainer](rate));

        Assert.Equal(rate, error.LearningRate);
        Assert.InRange(error.Epoch, 1, 3);
        Assert.Contains("diverged in epoch", error.Message, StringComparison.Ordinal);
        Assert.Contains("choose a smaller one", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("node", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(" V", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(1e3)]
    [InlineData(1e4)]
    public void Weights_that_no_gradient_can_move_are_no_result(double rate)
    {
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => Inverters(rate, OptimizerKind.Adam));

        Assert.Contains("no derivative of the loss exceeds 1E-30", error.Message, StringComparison.Ordinal);
        Assert.Contains("all weights are saturated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_that_devices_cannot_make_are_no_training()
    {
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => InSitu(1e12, [1, 1], InSituOptimizer.Sgd, 10));

        Assert.Contains("layer 1: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("go beyond the whole range of a device", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e150)]
    public void A_prior_that_holds_nothing_is_no_posterior(double deviation)
    {
        double[] inputs = [-1, -0.5, 0.2, 0.6, 1];
        var options = new BayesianNetworkOptions { PriorDeviation = deviation, Sampler = new NutsOptions { ChainCount = 2, WarmUpCount = 200, DrawCount = 50, MaximumTreeDepth = 6 } };

        SamplingException error = Assert.Throws<SamplingException>(() => BayesianNetwork.Sample([1, 2], inputs, [0, 0, 1, 1, 1], options));

        Assert.Contains("prior", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parallel_loop_throws_what_its_body_threw()
    {
        using var both = new Barrier(2);
        Assert.Throws<TrainingDivergedException>(() => Circuit.Errors.ParallelWork.For(2, new ParallelOptions(), i =>
        {
            both.SignalAndWait(TimeSpan.FromSeconds(10));
            throw i == 0 ? new InvalidOperationException() : new TrainingDivergedException("a", 1, "b", 1);
        }));
        Assert.Throws<InvalidOperationException>(() => Circuit.Errors.ParallelWork.For(2, new ParallelOptions(), () => 0, (_, _) => throw new InvalidOperationException()));
    }

    private static TrainingSchedule Schedule(double rate) => new() { Epochs = 3, BatchSize = 16, LearningRate = rate };

    private static DataSplit Iris() => DataSets.Open("iris").Split(0.8, 3);

    private static VoltageSet Volts(bool training)
    {
        DataSplit split = Iris();
        return FeatureScaling.Fit(split.Training).ToVolts(training ? split.Training : split.Test, 2);
    }

    private static void Inverters(double rate, OptimizerKind optimizer) => PhaxTrainer.Train(
        new PhaxTrainingOptions { LayerSizes = [4, 5, 3], NominalLoadMinimumSiemens = 0.12e-6, Schedule = Schedule(rate) with { Optimizer = optimizer } }, Iris());

    private static void InTheLoop(double rate)
    {
        double[] theta = [.. Enumerable.Range(0, 30).Select(i => Math.Sin(i + 1))];
        var network = new TrainedNetwork(0.5, 7.33, "test", [new TrainedLayer(4, 3, theta)]);
        DataSplit split = Iris();
        FeatureScaling scaling = FeatureScaling.Fit(split.Training);
        var mapping = new MappingOptions { Inverter = InverterModel.EkvPhax90, WordLineSegmentOhms = 1, BitLineSegmentOhms = 1 };
        InTheLoopTrainer.FineTune(network, PublishedCards.Phax, mapping, new InTheLoopOptions { Schedule = Schedule(rate) }, scaling.ToVolts(split.Training, 0.5), scaling.ToVolts(split.Test, 0.5));
    }

    private static InSituTrainingOptions SituOptions(double rate, double[] scales) => new() { LayerSizes = [4, 6, 3], WeightScales = scales, Epochs = 3, LearningRate = rate };

    private static void InSitu(double rate, double[] scales, InSituOptimizer optimizer, int batch) => InSituTrainer.Train(
        SituOptions(rate, scales) with { Optimizer = optimizer, BatchSize = batch, Core = new CoreOptions { Mode = UpdateMode.Standard } },
        InSituDevices.Open("dwmtj-stt-300k"), ThreeWaySplit.Create(DataSets.Open("iris"), 0.4, 0.3, 1));

    private static void Images(double rate, ArrayModel? arrays, ImageOptimizer optimizer) =>
        ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, TinyNetworks.Options with { Epochs = 2, LearningRate = rate, Optimizer = optimizer }, arrays);
}
