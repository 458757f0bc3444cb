using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Training.Baseline;

/// <summary>Trains an ordinary network of the same shape, split and schedule, to tell how much accuracy a circuit's constraints cost.</summary>
/// <remarks>
/// Unconstrained weights, tanh hidden layers, softmax cross-entropy; initial weights uniform in ±√(6/(inputs + outputs)) (Glorot and
/// Bengio, AISTATS 2010, equation 16), biases 0. Inputs are scaled to −1 to 1: the differential inputs of the circuit over Vdd/2.
/// </remarks>
public static class TanhBaselineTrainer
{
    private const int EvaluationPiece = 128;

    // FeatureScaling gives (x − 0.5)·supply: a supply of 2 makes that −1 to 1.
    private const double UnitSupply = 2;

    /// <summary>Trains the baseline.</summary>
    /// <param name="layerSizes">Inputs, then neurons of each layer.</param>
    /// <param name="schedule">The schedule that the circuit's network gets.</param>
    /// <param name="split">Training and test part.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Ends the run between batches.</param>
    /// <returns>Its history.</returns>
    /// <exception cref="InvalidDesignException">The shape does not fit the data, or the schedule is out of range.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight has lost its meaning, or nothing moves any more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TanhBaselineResult Train(
        IReadOnlyList<int> layerSizes, TrainingSchedule schedule, DataSplit split,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(layerSizes);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(split);
        schedule.Check();
        if (layerSizes.Count < 2 || layerSizes.Any(s => s < 1))
            throw new InvalidDesignException("Baseline", [$"Layer sizes are {string.Join(", ", layerSizes)}; inputs and at least one layer, each at least 1, are needed."]);
        PhaxTrainer.RequireFit(layerSizes, split.Training, "Baseline");
        schedule = schedule.For(split.Training.SampleCount);

        FeatureScaling scaling = FeatureScaling.Fit(split.Training);
        VoltageSet training = scaling.ToVolts(split.Training, UnitSupply), test = scaling.ToVolts(split.Test, UnitSupply);
        DenseModel model = CreateModel(layerSizes, schedule);
        var loop = new TrainingLoop(model, schedule, training.SampleCount, "Training of the tanh baseline");
        return new TanhBaselineResult { History = loop.Run(training, test, progress, cancellationToken) };
    }

    private static DenseModel CreateModel(IReadOnlyList<int> layerSizes, TrainingSchedule schedule)
    {
        var model = new DenseModel(layerSizes, Math.Max(EvaluationPiece, schedule.BatchSize));
        for (int l = 0; l < model.LayerCount; l++)
        {
            double range = Math.Sqrt(6.0 / (layerSizes[l] + layerSizes[l + 1]));
            var random = new CounterRandom(schedule.Seed, $"initial baseline weights of layer {l + 1}");
            Span<double> weights = model.Weights(l);
            for (int i = 0; i < weights.Length; i++) weights[i] = random.Uniform((ulong)i, -range, range);
        }

        return model;
    }
}
