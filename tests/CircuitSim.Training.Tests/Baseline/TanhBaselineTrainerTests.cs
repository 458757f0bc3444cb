using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Training.Baseline;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Tests.Baseline;

public sealed class TanhBaselineTrainerTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void The_gradient_agrees_with_central_differences()
    {
        var model = new DenseModel([4, 5, 6, 3], 4);
        var random = new CounterRandom(5, "baseline gradient");
        for (int i = 0; i < model.Parameters.Length; i++) model.Parameters[i] = 0.7 * random.Normal((ulong)i);
        double[] inputs = [.. Enumerable.Range(0, 28).Select(i => random.Uniform((ulong)(5000 + i), -1, 1))];
        int[] labels = [0, 1, 2, 0, 1, 2, 0];

        var gradient = new double[model.Parameters.Length];
        model.LossAndGradient(inputs, labels, gradient);
        double largest = gradient.Max(Math.Abs), worst = 0;
        const double h = 1e-3;
        for (int i = 0; i < gradient.Length; i++)
        {
            double kept = model.Parameters[i];
            double Loss(double step)
            {
                model.Parameters[i] = kept + step;
                return model.Evaluate(inputs, labels).Loss;
            }

            double central = (8 * (Loss(h) - Loss(-h)) - (Loss(2 * h) - Loss(-2 * h))) / (12 * h);
            model.Parameters[i] = kept;
            worst = Math.Max(worst, Math.Abs(central - gradient[i]));
        }

        // Truncation h⁴/30 of the fifth derivative and rounding 1e-16/h: 1e-12; the bar is 1e-6.
        Assert.True(worst <= 1e-10 * largest, $"gradient differs by {worst:R} of {largest:R}");
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_baseline_learns_iris_and_repeats_itself_exactly()
    {
        DataSplit split = DataSets.Open("iris").Split(0.8, 3);
        var schedule = new TrainingSchedule { Epochs = 60, BatchSize = 16 };

        TanhBaselineResult first = TanhBaselineTrainer.Train([4, 6, 3], schedule, split);
        TanhBaselineResult second = TanhBaselineTrainer.Train([4, 6, 3], schedule, split);

        Assert.True(first.Final.TestAccuracy >= 0.9, $"test accuracy {first.Final.TestAccuracy}");
        Assert.Equal(first.History, second.History);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_shape_that_does_not_fit_the_data_is_refused()
    {
        DataSplit split = DataSets.Open("iris").Split(0.8, 3);

        Assert.Equal(2, Assert.Throws<InvalidDesignException>(() => TanhBaselineTrainer.Train([5, 2], new TrainingSchedule(), split)).Violations.Count);
        Assert.Throws<InvalidDesignException>(() => TanhBaselineTrainer.Train([4], new TrainingSchedule(), split));
    }
}
