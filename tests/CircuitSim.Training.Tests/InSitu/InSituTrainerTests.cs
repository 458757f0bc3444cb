using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;
using CircuitSim.Training.Data;
using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.Tests.InSitu;

public class InSituTrainerTests
{
    private static readonly InSituTrainingOptions Wdbc = new() { LayerSizes = [30, 16, 2], WeightScales = [0.528, 1.694] };

    [Fact]
    [Trait("Kind", "closed form")]
    public void Splits_are_stratified_and_never_meet()
    {
        DataSet data = DataSets.Open("wdbc");
        ThreeWaySplit split = ThreeWaySplit.Create(data, 0.4, 0.3, 5);

        Assert.Equal((228, 171, 170), (split.Training.SampleCount, split.Validation.SampleCount, split.Test.SampleCount));
        foreach (DataSet part in new[] { split.Training, split.Validation, split.Test })
            Close.Numbers(212.0 / 569, part.Labels.ToArray().Average(), 1.0 / part.SampleCount);
        // Samples of the set are distinct, so that shared ones would show as equal rows.
        int distinct = new[] { split.Training, split.Validation, split.Test }
            .SelectMany(p => Enumerable.Range(0, p.SampleCount).Select(i => string.Join(' ', p.Inputs.Slice(i * 30, 30).ToArray()))).Distinct().Count();
        Assert.Equal(569, distinct);
        Assert.NotEqual(split.Training.Labels.ToArray(), ThreeWaySplit.Create(data, 0.4, 0.3, 6).Training.Labels.ToArray());
        Assert.Throws<InvalidDesignException>(() => ThreeWaySplit.Create(data, 0.6, 0.4, 1));
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(OutputKind.Softmax, InSituLoss.CrossEntropy)]
    [InlineData(OutputKind.Sigmoid, InSituLoss.CrossEntropy)]
    [InlineData(OutputKind.Sigmoid, InSituLoss.Quadratic)]
    public void Requests_are_the_gradient_of_the_loss(OutputKind output, InSituLoss loss)
    {
        int[] sizes = [4, 5, 3];
        var options = new InSituTrainingOptions { LayerSizes = sizes, Output = output, Loss = loss, BatchSize = 2, LearningRate = 1e-6 };
        double[] inputs = [0.3, -0.2, 0.9, -1, 1, -0.4, 0.8, 0.1, 0.6, 1], steps = new double[3 * 6];
        var samples = new SampleSet(inputs, 5, [2, 0]);
        FloatingPointCore first = new(5, 5), second = new(3, 6);
        double[] w1 = [.. Enumerable.Range(0, 25).Select(k => Math.Sin(k + 1))], w2 = [.. Enumerable.Range(0, 18).Select(k => Math.Cos(2 * k))];
        first.Program(w1);
        second.Program(w2);
        var model = new InSituModel([first, second], options);
        model.TrainEpoch(samples, options.LearningRate, CancellationToken.None);
        double[] moved1 = first.Weights.ToArray(), moved2 = second.Weights.ToArray();

        foreach ((FloatingPointCore core, double[] start, double[] moved) in new[] { (first, w1, moved1), (second, w2, moved2) })
        {
            for (int k = 0; k < start.Length; k++)
            {
                first.Program(w1);
                second.Program(w2);
                const double h = 1e-5;
                double Shifted(double by)
                {
                    double[] w = [.. start];
                    w[k] += by;
                    core.Program(w);
                    return Cost();
                }

                double slope = (Shifted(h) - Shifted(-h)) / (2 * h);

                // Central differences: error of about h² and of rounding over h, both near 1e-10; weights move by 1e-6 of the gradient.
                Close.Numbers(-slope, (moved[k] - start[k]) / options.LearningRate, 1e-8, what: $"weight {k}");
            }
        }

        // The cost whose gradient the errors are: for softmax the cross-entropy of the right class alone.
        double Cost()
        {
            if (output == OutputKind.Sigmoid) return model.Evaluate(samples).Loss * 2 * 3;
            var network = new InSituNetwork([Layer(first), Layer(second)], output, true, 1);
            return -Enumerable.Range(0, 2).Sum(i => Math.Log(network.Evaluate(inputs.AsSpan(i * 5, 4))[^1].Outputs[i == 0 ? 2 : 0]));
        }

        static InSituLayer Layer(FloatingPointCore core) => new()
        {
            OutputCount = core.OutputCount,
            InputCount = core.InputCount,
            Weights = core.Weights.ToArray(),
            WeightLimit = 1,
            Digits = [],
        };
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_run_depends_on_its_seed_and_not_on_threads()
    {
        InSituDevice device = InSituDevices.Open("dwmtj-sot-300k");
        DataSet data = DataSets.Open("wdbc");
        var results = new InSituResult[4];
        Parallel.For(0, 4, i =>
        {
            ulong seed = (ulong)(i / 2);
            results[i] = InSituTrainer.Train(
                Wdbc with { Seed = seed, Epochs = 2, Core = new CoreOptions { Mode = UpdateMode.Multi } }, device, ThreeWaySplit.Create(data, 0.4, 0.3, seed));
        });

        Assert.Equal(results[0].History, results[1].History);
        Assert.Equal(results[0].Network.Layers[0].Weights.ToArray(), results[1].Network.Layers[0].Weights.ToArray());
        Assert.NotEqual(results[1].History[^1], results[2].History[^1]);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("dwmtj-sot-400k", UpdateMode.Standard)]
    [InlineData("taox", UpdateMode.Multi)]
    [InlineData("enode", UpdateMode.Numeric)]
    public void Trained_devices_classify_wdbc_like_the_floating_point_network(string name, UpdateMode mode)
    {
        InSituDevice device = InSituDevices.Open(name);
        DataSet data = DataSets.Open("wdbc");
        double trained = 0, ideal = 0;
        for (ulong seed = 1; seed <= 3; seed++)
        {
            ThreeWaySplit split = ThreeWaySplit.Create(data, 0.4, 0.3, seed);
            InSituResult result = InSituTrainer.Train(Wdbc with { Seed = seed, Core = new CoreOptions { Mode = mode } }, device, split);
            trained += result.Final.TestAccuracy / 3;
            ideal += InSituTrainer.TrainFloatingPoint(Wdbc with { Seed = seed }, split)[^1].TestAccuracy / 3;
            Assert.Equal(81, result.History.Count);
            Assert.True(result.Final.TrainingLoss < result.History[0].TrainingLoss);
            Assert.Equal(result.Final.TestAccuracy, Accuracy(result.Network, split), 1e-12);
        }

        Assert.True(trained >= 0.92, $"{trained}");
        // Three seeds of 170 samples: twice the standard error of a difference of accuracies near 0.97, of which most samples are common.
        Close.Numbers(ideal, trained, 0.03);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("sot")]
    [InlineData("stt")]
    public void Updates_of_domain_walls_are_noisier_at_300_and_400_kelvin_than_at_0(string kind)
    {
        ThreeWaySplit split = ThreeWaySplit.Create(DataSets.Open("wdbc"), 0.4, 0.3, 1);
        double[] errors = [.. new[] { 0, 300, 400 }.Select(kelvin =>
        {
            InSituResult result = InSituTrainer.Train(Wdbc with { Epochs = 2, RecordedUpdates = 20_000 }, InSituDevices.Open($"dwmtj-{kind}-{kelvin}k"), split);
            double error = result.TargetUpdates.Zip(result.RealUpdates).Sum(u => (u.Second - u.First) * (u.Second - u.First));
            return Math.Sqrt(error / result.TargetUpdates.Sum(t => t * t));
        })];

        // Noise of a pulse is 0.05 of a step at most at 0 K, and from 0.15 to 0.5 above; requests of a fraction of a pulse show the same ratio.
        Assert.True(errors[1] > 2 * errors[0] && errors[2] > 2 * errors[0], string.Join(' ', errors));
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(CoreKind.Offset, false, false, InSituOptimizer.Sgd, 10)]
    [InlineData(CoreKind.BalancedOneSided, false, false, InSituOptimizer.Sgd, 10)]
    [InlineData(CoreKind.Balanced, true, false, InSituOptimizer.Sgd, 1)]
    [InlineData(CoreKind.Balanced, false, true, InSituOptimizer.Sgd, 10)]
    [InlineData(CoreKind.Balanced, false, false, InSituOptimizer.Adam, 10)]
    public void Every_variant_learns(CoreKind kind, bool hasConverters, bool hasCarry, InSituOptimizer optimizer, int batch)
    {
        ThreeWaySplit split = ThreeWaySplit.Create(DataSets.Open("wdbc"), 0.4, 0.3, 2);
        InSituTrainingOptions options = Wdbc with
        {
            Epochs = 15,
            BatchSize = batch,
            Optimizer = optimizer,
            LearningRate = optimizer == InSituOptimizer.Adam ? 0.02 : 0.03,
            Output = OutputKind.Sigmoid,
            Loss = InSituLoss.Quadratic,
            Core = new CoreOptions { Kind = kind, Converters = hasConverters ? ConverterOptions.Sigmoid : null, Carry = hasCarry ? new CarryOptions() : null },
        };

        InSituResult result = InSituTrainer.Train(options, InSituDevices.Open("dwmtj-stt-300k"), split);

        Assert.True(result.Final.TestAccuracy > 0.9, $"{result.Final}");
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Weight_scales_left_out_are_those_of_the_floating_point_network()
    {
        ThreeWaySplit split = ThreeWaySplit.Create(DataSets.Open("iris"), 0.4, 0.3, 1);
        var options = new InSituTrainingOptions { LayerSizes = [4, 8, 3], Epochs = 40, LearningRate = 0.1 };

        InSituResult result = InSituTrainer.Train(options, InSituDevices.Open("enode"), split);

        IReadOnlyList<double> largest = InSituTrainer.LargestWeights(options, split, CancellationToken.None);
        Assert.Equal([1.5 * largest[0], 1.5 * largest[1]], result.Network.Layers.Select(l => l.WeightLimit));
        Assert.True(result.Final.TestAccuracy > 0.85, $"{result.Final}");
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Options_out_of_range_are_listed_together()
    {
        ThreeWaySplit split = ThreeWaySplit.Create(DataSets.Open("iris"), 0.4, 0.3, 1);
        InSituDevice device = InSituDevices.Open("enode");

        InvalidDesignException error = Assert.Throws<InvalidDesignException>(() => InSituTrainer.Train(
            Wdbc with { LearningRate = -1, Decay = 2, Epochs = 0, Loss = InSituLoss.Quadratic }, device, split));
        Assert.Equal(4, error.Violations.Count);
        Assert.Contains("4 features", Assert.Throws<InvalidDesignException>(() => InSituTrainer.Train(Wdbc, device, split)).Message, StringComparison.Ordinal);
        Assert.Contains("choose one of dwmtj-sot-0k", Assert.Throws<InvalidDesignException>(() => InSituDevices.Open("x")).Message, StringComparison.Ordinal);
    }

    private static double Accuracy(InSituNetwork network, ThreeWaySplit split)
    {
        FeatureStandardization scaling = FeatureStandardization.Fit(split.Training);
        double[] inputs = scaling.Apply(split.Test, hasBias: false);
        int right = 0;
        for (int i = 0; i < split.Test.SampleCount; i++)
        {
            double[] outputs = network.Evaluate(inputs.AsSpan(i * network.InputCount, network.InputCount))[^1].Outputs;
            if (Neurons.Largest(outputs) == split.Test.Labels.Span[i]) right++;
        }

        return (double)right / split.Test.SampleCount;
    }
}
