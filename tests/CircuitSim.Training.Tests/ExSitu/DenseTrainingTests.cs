using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.TestSupport;
using CircuitSim.Training.Baseline;
using CircuitSim.Training.Data;
using CircuitSim.Training.ExSitu;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Tests.ExSitu;

public class DenseTrainingTests
{
    private static readonly HiddenActivation Inverter = HiddenActivation.Inverter(VoltageTransferCurve.Characterize(InverterModel.Find("ekv-sym")!, 0.5));

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("ekv-sym")]
    [InlineData("ekv-phax90")]
    public void An_inverter_is_a_neuron_of_slope_one_between_minus_and_plus_one(string name)
    {
        HiddenActivation neuron = HiddenActivation.Inverter(VoltageTransferCurve.Characterize(InverterModel.Find(name)!, 0.5));
        double[] sums = [-50, -2, -1e-4, 0, 1e-4, 2, 50], values = [.. sums], slopes = new double[7];

        neuron.Apply(values, slopes);

        Close.Numbers(0, values[3], 1e-12);
        Close.Numbers(1, slopes[3], 1e-9);
        // The third derivative of a curve of this shape is of the order of its slope.
        Close.Numbers(1, (values[4] - values[2]) / 2e-4, 1e-6);
        Assert.Equal(0, slopes[0]);
        for (int i = 1; i < values.Length; i++) Assert.True(values[i] > values[i - 1]);
        Assert.InRange(values[^1], 0.99, 1);
        Assert.InRange(values[0], -1, -0.99);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_gradient_with_inverter_neurons_is_the_difference_of_the_loss()
    {
        var model = new DenseModel([2, 3, 2], 4, Inverter);
        for (int i = 0; i < model.Parameters.Length; i++) model.Parameters[i] = 0.8 * Math.Sin(i + 1);
        double[] inputs = [0.3, -0.7, 0.9, 0.2, -0.4, 0.8], gradient = new double[model.Parameters.Length], scratch = new double[model.Parameters.Length];
        int[] labels = [0, 1, 1];

        model.LossAndGradient(inputs, labels, gradient);

        const double h = 1e-6;
        for (int i = 0; i < gradient.Length; i++)
        {
            double middle = model.Parameters[i];
            model.Parameters[i] = middle + h;
            double above = model.LossAndGradient(inputs, labels, scratch);
            model.Parameters[i] = middle - h;
            double below = model.LossAndGradient(inputs, labels, scratch);
            model.Parameters[i] = middle;
            // Rounding of the loss over 2h.
            Close.Numbers((above - below) / (2 * h), gradient[i], 1e-8);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Retraining_with_the_distributions_makes_up_for_few_levels()
    {
        DataSplit digits = DataSets.Open("mnist14").Split(0.7, 1);
        var training = new VoltageSet(196, digits.Training.Inputs.Span, digits.Training.Labels.Span);
        var test = new VoltageSet(196, digits.Test.Inputs.Span, digits.Test.Labels.Span);
        var schedule = new TrainingSchedule { Epochs = 20, LearningRate = 0.01, BatchSize = 32 };
        (DenseNetwork network, IReadOnlyList<EpochRecord> history) = DenseTraining.Train([196, 20, 10], Inverter, schedule, training, test);
        LevelPlan plan = LevelPlan.At([20e-6, 160e-6]);
        PairTransfer pairs = PairTransfer.Create(LevelStatistics.Of(
            PublishedCards.HfO2NineLevels, new ProgrammingOptions { Mode = ProgrammingMode.OneShot, Levels = plan, ReadSeconds = 86_400 }), PairAssignment.PairAware);

        (DenseNetwork retrained, IReadOnlyList<double> scales) = DenseTraining.Retrain(network, pairs, schedule with { LearningRate = 0.003 }, training, test);

        Assert.Equal([.. Enumerable.Range(1, 20)], history.Select(h => h.Epoch));
        Assert.Equal(history[^1].TestAccuracy, network.CountCorrect([network.Parameters.ToArray()], test.InputVolts, test.Labels)[0] / (double)test.SampleCount);
        Assert.True(history[^1].TestAccuracy > 0.82);
        double before = OnChips(network, null), after = OnChips(retrained, scales);
        Assert.True(after > before + 0.02, $"{before} before, {after} after");

        double OnChips(DenseNetwork of, IReadOnlyList<double>? at)
        {
            double sum = 0;
            for (ulong chip = 1; chip <= 4; chip++)
            {
                var read = new List<double>();
                for (int l = 0; l < of.LayerCount; l++)
                {
                    WeightPairs placed = pairs.Place(of.Layer(l), at?[l] ?? pairs.Scale(of.Layer(l)));
                    double[] siemens = new double[placed.DeviceCount], weights = new double[siemens.Length / 2];
                    ArrayProgrammer.Program(pairs.Levels.Card, pairs.Levels.Programming, placed.TargetSiemens.Span, chip, $"layer {l + 1}", siemens);
                    placed.ToWeights(siemens, weights);
                    read.AddRange(weights);
                }

                sum += of.CountCorrect([[.. read]], test.InputVolts, test.Labels)[0] / (4.0 * test.SampleCount);
            }

            return sum;
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Layer_inputs_are_those_of_the_forward_pass()
    {
        double[] parameters = [.. Enumerable.Range(0, 3 * 3 + 4 * 2).Select(i => Math.Cos(i))];
        var network = new DenseNetwork([2, 3, 2], HiddenActivation.Tanh, parameters);

        IReadOnlyList<double[]> inputs = network.LayerInputs(parameters, [0.5, -1]);

        Assert.Equal([0.5, -1], inputs[0]);
        for (int j = 0; j < 3; j++) Close.Numbers(Math.Tanh(0.5 * Math.Cos(j) - Math.Cos(3 + j) + Math.Cos(6 + j)), inputs[1][j], 1e-14);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Shapes_that_do_not_fit_are_refused()
    {
        (VoltageSet training, VoltageSet test) = Wine();

        Assert.Contains("the data have 13 inputs", Assert.Throws<InvalidDesignException>(() => DenseTraining.Train([12, 3], HiddenActivation.Tanh, new TrainingSchedule(), training, test)).Message, StringComparison.Ordinal);
        Assert.Contains("have 9 parameters; 8 are given", Assert.Throws<InvalidDesignException>(() => new DenseNetwork([2, 3], HiddenActivation.Tanh, new double[8])).Message, StringComparison.Ordinal);
    }

    private static (VoltageSet Training, VoltageSet Test) Wine()
    {
        DataSplit split = DataSets.Open("wine").Split(0.6, 1);
        FeatureStandardization scaling = FeatureStandardization.Fit(split.Training);
        return (new VoltageSet(13, scaling.Apply(split.Training, false), split.Training.Labels.Span), new VoltageSet(13, scaling.Apply(split.Test, false), split.Test.Labels.Span));
    }
}
