using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;
using CircuitSim.Training.Data;
using CircuitSim.Training.Losses;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Training.Tests.Phax;

public sealed class InTheLoopTrainerTests
{
    private const double SupplyVolts = 0.5;

    private static readonly MappingOptions BadWires = new()
    {
        Inverter = InverterModel.EkvPhax90,
        WordLineSegmentOhms = 2000,
        BitLineSegmentOhms = 3000,
        SourceOhms = 5000,
    };

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(LossKind.CrossEntropy, false)]
    [InlineData(LossKind.CrossEntropy, true)]
    [InlineData(LossKind.SquaredError, false)]
    [InlineData(LossKind.SquaredError, true)]
    public void Gradients_through_wires_and_sources_match_central_differences(LossKind loss, bool isProgrammed)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            TrainedNetwork network = Network(seed, [3, 4, 3, 2]);
            var options = new InTheLoopOptions { Loss = loss, ThetaScale = 2, ProgrammedOverTarget = isProgrammed ? Spread(network, seed) : null };
            var model = new CircuitModel(network, PublishedCards.Phax, BadWires, options);
            double[] inputs = Uniform(seed, "inputs", 5 * 3, -0.2, 0.2);
            int[] labels = [0, 1, 1, 0, 1];
            var gradient = new double[model.Parameters.Length];

            double value = model.LossAndGradient(inputs, labels, gradient);

            Assert.Equal(model.Evaluate(inputs, labels).Loss, value);
            double largest = gradient.Max(Math.Abs);
            Assert.True(largest > 0, $"seed {seed}: every derivative is 0");
            for (int i = 0; i < gradient.Length; i++)
            {
                // Chains of inverters bend strongly, so that truncation asks for short steps and rounding for long ones: the better
                // of two steps leaves 1e-6 of the largest derivative.
                double expected = new[] { 3e-4, 5e-5 }.Select(step => Slope(model, inputs, labels, i, step)).MinBy(s => Math.Abs(s - gradient[i]));
                Close.Numbers(expected, gradient[i], 1e-6 * largest, 1e-6, $"seed {seed}, parameter {i}");
            }
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Expected_variation_solves_every_step_on_a_chip_of_its_own()
    {
        TrainedNetwork network = Network(1, [3, 4, 2]);
        var expecting = new InTheLoopOptions { ExpectedSpread = 0.4 };
        var model = new CircuitModel(network, PublishedCards.Phax, BadWires, expecting);
        double[] inputs = Uniform(1, "inputs", 2 * 3, -0.2, 0.2), actual = new double[model.Parameters.Length], expected = new double[actual.Length];

        for (int step = 0; step < 2; step++)
        {
            double loss = model.LossAndGradient(inputs, [1, 0], actual);

            var chip = new CircuitModel(network, PublishedCards.Phax, BadWires, new InTheLoopOptions { ProgrammedOverTarget = model.DrawChip(step) });
            Assert.Equal(chip.LossAndGradient(inputs, [1, 0], expected), loss);
            Assert.Equal(expected, actual);
        }

        var exact = new CircuitModel(network, PublishedCards.Phax, BadWires, new InTheLoopOptions());
        Assert.Equal(exact.Evaluate(inputs, [1, 0]), model.Evaluate(inputs, [1, 0]));
        Assert.NotEqual(model.DrawChip(0)[0].ToArray(), model.DrawChip(1)[0].ToArray());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Devices_at_the_end_of_a_clipped_window_have_no_gradient()
    {
        TrainedNetwork network = Network(1, [3, 2]);
        var narrow = new DeviceCard("narrow", 0.12e-6, 0.3e-6, "none");
        var model = new CircuitModel(network, narrow, BadWires with { OutOfRange = OutOfRange.Clip }, new InTheLoopOptions());
        var gradient = new double[model.Parameters.Length];

        model.LossAndGradient([0.1, -0.1, 0.05], [1], gradient);

        bool[] isClipped = [.. network.Layers[0].Theta.ToArray().Select(t => !narrow.Contains(narrow.MinimumSiemens * Mapping.Schemes.PhaxScheme.RelativeConductance(t, 7.33)))];
        Assert.Contains(true, isClipped);
        Assert.Contains(false, isClipped);
        Assert.Equal(isClipped, gradient.Select(g => g == 0));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Fine_tuning_wins_back_what_wires_cost_and_does_not_depend_on_threads()
    {
        (PhaxTrainingResult trained, VoltageSet training, VoltageSet test) = Iris();
        MappingOptions wires = BadWires with { WordLineSegmentOhms = 400e3, BitLineSegmentOhms = 400e3 };
        var options = new InTheLoopOptions { Schedule = new TrainingSchedule { Epochs = 8, BatchSize = 16 } };

        InTheLoopResult one = InTheLoopTrainer.FineTune(
            trained.Network, PublishedCards.Phax, wires, options with { Solver = new NetworkSolverOptions { ThreadCount = 1 } }, training, test);
        InTheLoopResult two = InTheLoopTrainer.FineTune(
            trained.Network, PublishedCards.Phax, wires, options with { Solver = new NetworkSolverOptions { ThreadCount = 2 } }, training, test);

        Assert.Equal(8, one.History.Count);
        Assert.True(one.Before.TrainAccuracy < trained.Final.TrainAccuracy - 0.05, $"wires cost too little: {trained.Final.TrainAccuracy} to {one.Before.TrainAccuracy}");
        Assert.True(one.History[^1].Loss < 0.7 * one.Before.Loss, $"loss {one.Before.Loss} to {one.History[^1].Loss}");
        Assert.True(one.History[^1].TrainAccuracy > one.Before.TrainAccuracy, $"accuracy {one.Before.TrainAccuracy} to {one.History[^1].TrainAccuracy}");
        Assert.Equal(one.Before, two.Before);
        Assert.Equal(one.History, two.History);
        Assert.Equal(one.Network.Layers[1].Theta.ToArray(), two.Network.Layers[1].Theta.ToArray());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_network_tuned_for_one_chip_serves_that_chip_best()
    {
        (PhaxTrainingResult trained, VoltageSet training, VoltageSet test) = Iris();
        var options = new InTheLoopOptions { Schedule = new TrainingSchedule { Epochs = 10, BatchSize = 16 } };
        InTheLoopOptions[] chips = [.. new ulong[] { 1, 2, 3 }.Select(seed => options with { ProgrammedOverTarget = Spread(trained.Network, seed, 0.35, 2.8) })];

        InTheLoopResult[] tuned = [.. chips.Select(chip => InTheLoopTrainer.FineTune(trained.Network, PublishedCards.Phax, BadWires, chip, training, test))];

        // Rows: networks, columns: chips that they run on.
        InTheLoopOptions[] once = [.. chips.Select(chip => chip with { Schedule = options.Schedule with { Epochs = 1 } })];
        double[][] loss = [.. tuned.Select(of => once.Select(chip => InTheLoopTrainer.FineTune(of.Network, PublishedCards.Phax, BadWires, chip, training, test).Before.Loss).ToArray())];
        for (int chip = 0; chip < chips.Length; chip++)
        {
            Assert.True(loss[chip][chip] < 0.9 * tuned[chip].Before.Loss, $"chip {chip}: loss {tuned[chip].Before.Loss} to {loss[chip][chip]}");
            for (int other = 0; other < chips.Length; other++)
                if (other != chip) Assert.True(loss[chip][chip] < loss[other][chip], $"chip {chip}: {loss[chip][chip]} tuned for it, {loss[other][chip]} tuned for chip {other}");
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void What_does_not_fit_is_refused_with_all_violations()
    {
        TrainedNetwork network = Network(1, [3, 2]);
        var options = new InTheLoopOptions { ThetaScale = 0, ExpectedSpread = 0.1, ProgrammedOverTarget = [new double[3]], Solver = new NetworkSolverOptions { IgnoresLoading = true } };
        var set = new VoltageSet(3, [0.1, 0.2, 0.1], [0]);

        InvalidDesignException error = Assert.Throws<InvalidDesignException>(
            () => InTheLoopTrainer.FineTune(network, PublishedCards.Phax, BadWires, options, set, set));
        InvalidDesignException data = Assert.Throws<InvalidDesignException>(
            () => InTheLoopTrainer.FineTune(network, PublishedCards.Phax, BadWires, new InTheLoopOptions(), set, new VoltageSet(2, [0.1, 0.1], [2])));

        Assert.Equal(4, error.Violations.Count);
        Assert.Equal(2, data.Violations.Count);
    }

    private static (PhaxTrainingResult Trained, VoltageSet Training, VoltageSet Test) Iris()
    {
        DataSplit split = DataSets.Open("iris").Split(0.8, 3);
        var behavioural = new PhaxTrainingOptions
        {
            LayerSizes = [4, 4, 3],
            Curve = NeuronCurveKind.Table,
            NominalLoadMinimumSiemens = 0.12e-6,
            Schedule = new TrainingSchedule { Epochs = 60, BatchSize = 16 },
        };
        PhaxTrainingResult trained = PhaxTrainer.Train(behavioural, split);
        return (trained, trained.Scaling.ToVolts(split.Training, SupplyVolts), trained.Scaling.ToVolts(split.Test, SupplyVolts));
    }

    private static double Slope(CircuitModel model, double[] inputs, int[] labels, int parameter, double step)
    {
        double start = model.Parameters[parameter];
        double Loss(double value)
        {
            model.Parameters[parameter] = value;
            model.Refresh();
            return labels.Select((label, k) => model.Evaluate(inputs.AsSpan(3 * k, 3), [label]).Loss).Average();
        }

        // Fourth order: two central differences, the wider one taken out.
        double near = Loss(start + step) - Loss(start - step), far = Loss(start + 2 * step) - Loss(start - 2 * step);
        Loss(start);
        return (8 * near - far) / (12 * step);
    }

    private static TrainedNetwork Network(ulong seed, int[] sizes) => new(SupplyVolts, 7.33, "test",
    [
        .. Enumerable.Range(0, sizes.Length - 1).Select(l =>
            new TrainedLayer(sizes[l], sizes[l + 1], Uniform(seed, $"theta {l}", (2 * sizes[l] + 2) * sizes[l + 1], -3, 3))),
    ]);

    private static IReadOnlyList<ReadOnlyMemory<double>> Spread(TrainedNetwork network, ulong seed, double least = 0.7, double most = 1.4) =>
        [.. network.Layers.Select((layer, l) => (ReadOnlyMemory<double>)Uniform(seed, $"chip {l}", layer.Theta.Length, least, most))];

    private static double[] Uniform(ulong seed, string purpose, int count, double low, double high)
    {
        var random = new CounterRandom(seed, purpose);
        return [.. Enumerable.Range(0, count).Select(i => random.Uniform((ulong)i, low, high))];
    }
}
