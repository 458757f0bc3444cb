using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.Networks;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Phax;

/// <summary>Trains inverter networks in the form in which they are built: normalised conductances within their window, real neurons.</summary>
/// <remarks>
/// Ansari, Fayyazi, Banagozar, Maleki, Kamal, Afzali-Kusha, Pedram, "PHAX", IEEE TCAD 37(8), 2018: σ/σ_min = 1 + r·sigmoid(θ),
/// w = σ/Σσ over both polarities and the bias pair of a neuron, gate voltage Σw·V, two inverters. Initial θ are uniform in
/// ±√(6/(inputs + outputs)) as in the authors' published code. The same options and data give the same network on one machine.
/// </remarks>
public static class PhaxTrainer
{
    // Pieces in which whole data sets are evaluated: large enough for the matrix product, small enough for the cache.
    private const int EvaluationPiece = 128;

    /// <summary>Trains a network.</summary>
    /// <param name="options">Shape, neurons, loss and schedule.</param>
    /// <param name="split">Training and test part; features are scaled to ±Vdd/2 with <see cref="FeatureScaling"/>.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Ends the run between batches.</param>
    /// <returns>The network and its history.</returns>
    /// <exception cref="InvalidDesignException">Options are out of range or do not fit the data.</exception>
    /// <exception cref="ConvergenceException">The inverter's curve cannot be tabulated.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight has lost its meaning, or nothing moves any more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PhaxTrainingResult Train(
        PhaxTrainingOptions options, DataSplit split, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(split);
        options.Check();
        RequireFit(options.LayerSizes, split.Training, "PHAX training options");
        options = options with { Schedule = options.Schedule.For(split.Training.SampleCount) };
        IReadOnlyList<INeuronCurve> curves = options.CreateCurves();
        FeatureScaling scaling = FeatureScaling.Fit(split.Training);
        VoltageSet training = scaling.ToVolts(split.Training, options.SupplyVolts);
        VoltageSet test = scaling.ToVolts(split.Test, options.SupplyVolts);

        PhaxModel model = CreateModel(options, curves);
        var loop = new TrainingLoop(model, options.Schedule, training.SampleCount, "Training of the inverter network");
        IReadOnlyList<EpochRecord> history = loop.Run(training, test, progress, cancellationToken);
        return new PhaxTrainingResult { Network = ToNetwork(options, curves, model), Curves = curves, Scaling = scaling, History = history };
    }

    /// <summary>Creates a network with initial θ.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="curves">Neuron curves.</param>
    /// <returns>The network.</returns>
    internal static PhaxModel CreateModel(PhaxTrainingOptions options, IReadOnlyList<INeuronCurve> curves)
    {
        var model = new PhaxModel(
            options.LayerSizes, options.ConductanceRatio, curves, options.Loss,
            Math.Max(EvaluationPiece, options.Schedule.BatchSize), options.ThetaScale);
        int offset = 0;
        for (int l = 0; l < model.Layers.Count; l++)
        {
            PhaxLayer layer = model.Layers[l];
            double range = Math.Sqrt(6.0 / (layer.InputCount + layer.OutputCount));
            var random = new CounterRandom(options.Schedule.Seed, $"initial theta of layer {l + 1}");
            for (int i = 0; i < layer.ParameterCount; i++) model.Parameters[offset + i] = random.Uniform((ulong)i, -range, range) / options.ThetaScale;
            offset += layer.ParameterCount;
        }

        model.Refresh();
        return model;
    }

    /// <summary>Refuses a shape that does not fit the data.</summary>
    /// <param name="layerSizes">Inputs, then neurons of each layer.</param>
    /// <param name="data">Training part.</param>
    /// <param name="subject">What is checked.</param>
    /// <exception cref="InvalidDesignException">The first or last size does not fit.</exception>
    internal static void RequireFit(IReadOnlyList<int> layerSizes, DataSet data, string subject)
    {
        var violations = new List<string>();
        if (layerSizes[0] != data.FeatureCount)
            violations.Add($"The first layer size is {layerSizes[0]}, but data set '{data.Name}' has {data.FeatureCount} features; use that number.");
        if (layerSizes[^1] != data.ClassCount)
            violations.Add($"The last layer size is {layerSizes[^1]}, but data set '{data.Name}' has {data.ClassCount} classes; use that number.");
        LayerLimits.Check(layerSizes, violations);
        if (violations.Count > 0) throw new InvalidDesignException(subject, violations);
    }

    private static TrainedNetwork ToNetwork(PhaxTrainingOptions options, IReadOnlyList<INeuronCurve> curves, PhaxModel model)
    {
        var layers = new List<TrainedLayer>();
        int offset = 0;
        foreach (PhaxLayer layer in model.Layers)
        {
            double[] theta = model.Parameters.Slice(offset, layer.ParameterCount).ToArray();
            for (int i = 0; i < theta.Length; i++) theta[i] *= options.ThetaScale;
            layers.Add(new TrainedLayer(layer.InputCount, layer.OutputCount, theta));
            offset += layer.ParameterCount;
        }

        return new TrainedNetwork(options.SupplyVolts, options.ConductanceRatio, curves[0].Name, layers);
    }
}
