using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.Training.Baseline;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.ExSitu;

/// <summary>Trains networks in software, and retrains them knowing the distributions of the devices that they will be programmed to.</summary>
public static class DenseTraining
{
    private const int EvaluationPiece = 256;
    private const double LastRate = 0.2;
    private const string Subject = "Training of the network in software";

    /// <summary>Trains a network: softmax cross-entropy, initial weights uniform in ±√(6/(inputs + outputs)) (Glorot and Bengio, 2010), biases 0; the last third of the epochs at a fifth of the learning rate.</summary>
    /// <param name="layerSizes">Inputs, then neurons of each layer.</param>
    /// <param name="activation">Hidden neurons.</param>
    /// <param name="schedule">Optimiser, epochs and seed.</param>
    /// <param name="training">Training part, dimensionless inputs.</param>
    /// <param name="test">Test part, for the history only.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Ends the run between batches.</param>
    /// <returns>The network and one record an epoch.</returns>
    /// <exception cref="InvalidDesignException">Shape, data and schedule do not fit.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight has lost its meaning, or nothing moves any more.</exception>
    public static (DenseNetwork Network, IReadOnlyList<EpochRecord> History) Train(
        IReadOnlyList<int> layerSizes, HiddenActivation activation, TrainingSchedule schedule, VoltageSet training, VoltageSet test,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(layerSizes);
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        schedule.Check();
        if (layerSizes.Count < 2 || layerSizes.Any(s => s < 1) || layerSizes[0] != training.InputCount || test.InputCount != training.InputCount)
            throw new InvalidDesignException("Dense network", [$"Layer sizes are {string.Join(", ", layerSizes)}; the data have {training.InputCount} inputs, and every layer at least 1 neuron."]);
        var violations = new List<string>();
        LayerLimits.Check(layerSizes, violations);
        if (violations.Count > 0) throw new InvalidDesignException("Dense network", violations);
        schedule = schedule.For(training.SampleCount);
        DenseModel model = Initial(layerSizes, activation, schedule);
        int last = schedule.Epochs / 3;
        var first = new TrainingLoop(model, schedule with { Epochs = schedule.Epochs - last }, training.SampleCount, Subject);
        List<EpochRecord> history = [.. first.Run(training, test, progress, cancellationToken)];
        if (last > 0)
        {
            TrainingSchedule slow = schedule with { Epochs = last, LearningRate = LastRate * schedule.LearningRate, Seed = schedule.Seed + 1 };
            int before = history.Count;
            history.AddRange(new TrainingLoop(model, slow, training.SampleCount, Subject).Run(training, test, progress, cancellationToken).Select(r => r with { Epoch = r.Epoch + before }));
        }

        return (new DenseNetwork(layerSizes, activation, model.Parameters), history);
    }

    /// <summary>Goes on training with weights as devices will hold them: each batch sees pairs of levels and a fresh draw of their spread, and its gradient goes straight through to the weights behind.</summary>
    /// <remarks>Straight-through estimator: Bengio, Léonard, Courville, arXiv 1308.3432. Spreads are drawn normal with the mean and variance of each pair.</remarks>
    /// <param name="network">The network.</param>
    /// <param name="pairs">How weights become levels, and the distributions of the levels.</param>
    /// <param name="schedule">Optimiser, epochs and seed.</param>
    /// <param name="training">Training part.</param>
    /// <param name="test">Test part, for the history only.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Ends the run between batches.</param>
    /// <returns>The network, to be placed at <paramref name="pairs"/> anew, and the scales of its layers, siemens per weight, at which it was trained.</returns>
    /// <exception cref="InvalidDesignException">The schedule is out of range, or weights cannot be placed.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight has lost its meaning, or nothing moves any more.</exception>
    public static (DenseNetwork Network, IReadOnlyList<double> SiemensPerWeight) Retrain(
        DenseNetwork network, PairTransfer pairs, TrainingSchedule schedule, VoltageSet training, VoltageSet test,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        schedule.Check();
        schedule = schedule.For(training.SampleCount);
        double[] scales = [.. Enumerable.Range(0, network.LayerCount).Select(l => pairs.Scale(network.Layer(l)))];
        var model = new DenseModel(network.LayerSizes, Math.Max(EvaluationPiece, schedule.BatchSize), network.Activation);
        var programmed = new ProgrammedModel(model, network, pairs, scales, schedule.Seed);
        new TrainingLoop(programmed, schedule, training.SampleCount, "Retraining of the network with its devices").Run(training, test, progress, cancellationToken);
        return (new DenseNetwork(network.LayerSizes, network.Activation, programmed.Parameters), scales);
    }

    private static DenseModel Initial(IReadOnlyList<int> layerSizes, HiddenActivation activation, TrainingSchedule schedule)
    {
        var model = new DenseModel(layerSizes, Math.Max(EvaluationPiece, schedule.BatchSize), activation);
        for (int l = 0; l < model.LayerCount; l++)
        {
            double range = Math.Sqrt(6.0 / (layerSizes[l] + layerSizes[l + 1]));
            var random = new CounterRandom(schedule.Seed, $"initial weights of layer {l + 1}");
            Span<double> weights = model.Weights(l);
            for (int i = 0; i < weights.Length; i++) weights[i] = random.Uniform((ulong)i, -range, range);
        }

        return model;
    }
}
