using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;
using CircuitSim.Training.Baseline;
using CircuitSim.Training.Data;
using CircuitSim.Training.Losses;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Training.Tests.Phax;

public sealed class PhaxTrainerTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(OptimizerKind.Adam, LossKind.CrossEntropy, NeuronCurveKind.Tanh)]
    [InlineData(OptimizerKind.Adam, LossKind.SquaredError, NeuronCurveKind.Table)]
    [InlineData(OptimizerKind.Momentum, LossKind.CrossEntropy, NeuronCurveKind.Tanh)]
    [InlineData(OptimizerKind.Lbfgs, LossKind.CrossEntropy, NeuronCurveKind.Table)]
    public void Training_on_iris_learns_and_repeats_itself_exactly(OptimizerKind optimizer, LossKind loss, NeuronCurveKind curve)
    {
        var options = new PhaxTrainingOptions
        {
            LayerSizes = [4, 6, 3],
            Loss = loss,
            Curve = curve,
            NominalLoadMinimumSiemens = 0.12e-6,
            Schedule = new TrainingSchedule { Epochs = 60, BatchSize = 16, Optimizer = optimizer },
        };
        DataSplit split = DataSets.Open("iris").Split(0.8, 3);

        PhaxTrainingResult first = PhaxTrainer.Train(options, split);
        PhaxTrainingResult second = PhaxTrainer.Train(options, split);

        Assert.Equal(60, first.History.Count);
        Assert.True(first.Final.Loss < 0.5 * first.History[0].Loss, $"loss {first.History[0].Loss} to {first.Final.Loss}");
        Assert.True(first.Final.TestAccuracy >= 0.85, $"test accuracy {first.Final.TestAccuracy}");
        Assert.Equal(first.History, second.History);
        Assert.Equal(first.Network.Layers[0].Theta.ToArray(), second.Network.Layers[0].Theta.ToArray());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_evaluator_gives_the_accuracy_of_the_last_epoch()
    {
        DataSplit split = DataSets.Open("wine").Split(0.7, 1);
        var options = new PhaxTrainingOptions { LayerSizes = [13, 8, 3], Schedule = new TrainingSchedule { Epochs = 20 } };

        PhaxTrainingResult result = PhaxTrainer.Train(options, split);

        VoltageSet test = result.Scaling.ToVolts(split.Test, 0.5);
        BehaviouralNetwork network = BehaviouralNetwork.Create(result.Network, result.Curves);
        Assert.Equal(result.Final.TestAccuracy, network.Accuracy(test));
        ReadOnlyMemory<int> classes = network.Evaluate(test.InputVolts.Span, test.SampleCount).Classes;
        int right = classes.ToArray().Zip(test.Labels.ToArray()).Count(p => p.First == p.Second);
        Assert.Equal(result.Final.TestAccuracy, right / (double)test.SampleCount);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Theta_scale_changes_steps_but_not_the_initial_network()
    {
        var options = new PhaxTrainingOptions { LayerSizes = [4, 3] };
        INeuronCurve[] curves = [TanhNeuronCurve.PublishedPhax];

        PhaxModel scaled = PhaxTrainer.CreateModel(options, curves), plain = PhaxTrainer.CreateModel(options with { ThetaScale = 1 }, curves);

        // Division by 10 and multiplication by 10 round twice.
        Close.Lists(plain.Layers[0].Sigma, scaled.Layers[0].Sigma, 0, 1e-15);
        Assert.InRange(plain.Parameters.ToArray().Max(Math.Abs), 0.5 * Math.Sqrt(6.0 / 7), Math.Sqrt(6.0 / 7));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Progress_is_told_after_each_epoch_and_cancellation_ends_the_run()
    {
        DataSplit split = DataSets.Open("iris").Split(0.8, 3);
        var options = new PhaxTrainingOptions { LayerSizes = [4, 3], Schedule = new TrainingSchedule { Epochs = 10 } };
        using var source = new CancellationTokenSource();
        var seen = new List<TrainingProgress>();
        var progress = new Listener(p =>
        {
            seen.Add(p);
            if (p.Record.Epoch == 4) source.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() => PhaxTrainer.Train(options, split, progress, source.Token));

        Assert.Equal([1, 2, 3, 4], seen.Select(p => p.Record.Epoch));
        Assert.All(seen, p => Assert.Equal(10, p.EpochCount));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Options_out_of_range_are_all_listed()
    {
        DataSplit split = DataSets.Open("iris").Split(0.8, 3);
        var options = new PhaxTrainingOptions { LayerSizes = [4, 0, 3], SupplyVolts = -1, ConductanceRatio = double.NaN, ThetaScale = 0 };

        Assert.Equal(4, Assert.Throws<InvalidDesignException>(() => PhaxTrainer.Train(options, split)).Violations.Count);
        Assert.Equal(3, Assert.Throws<InvalidDesignException>(() => PhaxTrainer.Train(
            new PhaxTrainingOptions { LayerSizes = [4, 3], Schedule = new TrainingSchedule { Epochs = 0, BatchSize = 0, LearningRate = 0 } }, split)).Violations.Count);
        Assert.Equal(2, Assert.Throws<InvalidDesignException>(
            () => PhaxTrainer.Train(new PhaxTrainingOptions { LayerSizes = [5, 4] }, split)).Violations.Count);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Phax_on_mnist14_comes_within_two_points_of_the_unconstrained_baseline()
    {
        DataSplit split = DataSets.Open("mnist14").Split(0.8, 1);
        int[] sizes = [196, 100, 10];

        PhaxTrainingResult phax = PhaxTrainer.Train(new PhaxTrainingOptions { LayerSizes = sizes }, split);
        TanhBaselineResult baseline = TanhBaselineTrainer.Train(sizes, new TrainingSchedule(), split);

        // The bar of the project: the circuit's constraints may cost two points of test accuracy.
        Assert.True(baseline.Final.TestAccuracy - phax.Final.TestAccuracy <= 0.02,
            $"PHAX {phax.Final.TestAccuracy}, baseline {baseline.Final.TestAccuracy}");
        Assert.True(phax.Final.TestAccuracy >= 0.86, $"PHAX {phax.Final.TestAccuracy}");
    }

    private sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
