using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Training.Data;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Training.InSitu;

/// <summary>Trains a network inside arrays of devices: every weight update goes through the devices' update tables.</summary>
/// <remarks>
/// Samples keep their order in every epoch, as split. The result depends on options, device and data only. Source: CrossSim 2.0
/// (Sandia National Laboratories, 2022).
/// </remarks>
public static class InSituTrainer
{
    private const string FloatingPoint = "Training of the floating-point network";

    /// <summary>Trains a network.</summary>
    /// <param name="options">Shape, learning and cores.</param>
    /// <param name="device">The device technology.</param>
    /// <param name="split">Training, validation and test samples.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Ends the run between batches.</param>
    /// <returns>History, trained devices and recorded updates.</returns>
    /// <exception cref="InvalidDesignException">The options are out of range, or the shape does not fit the data; all violations are listed.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight has lost its meaning, or nothing moves any more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static InSituResult Train(
        InSituTrainingOptions options, InSituDevice device, ThreeWaySplit split,
        IProgress<InSituEpoch>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        Check(options, split);
        IReadOnlyList<double> scales = options.WeightScales.Count > 0 ? options.WeightScales : LargestWeights(options, split, cancellationToken);
        UpdateRule rule = UpdateRule.Create(device, options.Core);
        UpdateRule? calibrated = options.Core.Carry is null ? null : UpdateRule.CreateCalibrated(device, options.Core);
        UpdateRecorder? recorder = options.RecordedUpdates > 0 ? new UpdateRecorder(options.RecordedUpdates) : null;
        var cores = new INeuralCore[options.LayerSizes.Count - 1];
        for (int l = 0; l < cores.Length; l++)
            cores[l] = CreateCore(options, rule, calibrated, l, options.ClipScale * scales[l], l == 0 ? recorder : null);
        List<InSituEpoch> history = Run("Training in situ", options, cores, split, progress, cancellationToken);
        return new InSituResult
        {
            History = history,
            Network = new InSituNetwork([.. cores.Select(c => Layer(c, rule, options.Core.Kind))], options.Output, options.HasBias, rule.UnitSiemens),
            TargetUpdates = recorder?.Target ?? [],
            RealUpdates = recorder?.Real ?? [],
        };
    }

    /// <summary>Trains the same network with the same budget in floating point: no window, no limits, every request exact.</summary>
    /// <param name="options">Shape and learning; what concerns cores is not used.</param>
    /// <param name="split">Training, validation and test samples.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Ends the run between batches.</param>
    /// <returns>The history, from epoch 0 to the last.</returns>
    /// <exception cref="InvalidDesignException">The options are out of range, or the shape does not fit the data.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight has lost its meaning, or nothing moves any more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<InSituEpoch> TrainFloatingPoint(
        InSituTrainingOptions options, ThreeWaySplit split, IProgress<InSituEpoch>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(options, split);
        return Run(FloatingPoint, options, FloatingPointCores(options), split, progress, cancellationToken);
    }

    /// <summary>Largest weight of each layer of the floating-point network.</summary>
    internal static IReadOnlyList<double> LargestWeights(InSituTrainingOptions options, ThreeWaySplit split, CancellationToken cancellationToken)
    {
        FloatingPointCore[] cores = FloatingPointCores(options);
        Run(FloatingPoint, options, cores, split, null, cancellationToken);
        return [.. cores.Select(c =>
        {
            double largest = 0;
            foreach (double weight in c.Weights) largest = Math.Max(largest, Math.Abs(weight));
            return largest;
        })];
    }

    private static void Check(InSituTrainingOptions options, ThreeWaySplit split)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(split);
        options.Check();
        PhaxTrainer.RequireFit(options.LayerSizes, split.Training, "In-situ training");
    }

    private static FloatingPointCore[] FloatingPointCores(InSituTrainingOptions options)
    {
        var cores = new FloatingPointCore[options.LayerSizes.Count - 1];
        for (int l = 0; l < cores.Length; l++) cores[l] = new FloatingPointCore(options.LayerSizes[l + 1], InputCount(options, l));
        return cores;
    }

    private static int InputCount(InSituTrainingOptions options, int layer) => options.LayerSizes[layer] + (options.HasBias ? 1 : 0);

    private static INeuralCore CreateCore(
        InSituTrainingOptions options, UpdateRule rule, UpdateRule? calibrated, int layer, double weightLimit, UpdateRecorder? recorder)
    {
        int outputs = options.LayerSizes[layer + 1], inputs = InputCount(options, layer);
        if (options.Core.Carry is not { } carry)
            return new CrossbarCore(outputs, inputs, weightLimit, rule, options.Core, options.Seed, $"layer {layer + 1}", recorder);

        var digits = new CrossbarCore[carry.Digits];
        for (int d = 0; d < digits.Length; d++)
        {
            digits[d] = new CrossbarCore(
                outputs, inputs, weightLimit / Math.Pow(carry.NumberBase, d), rule, options.Core, options.Seed,
                $"layer {layer + 1}, digit {d + 1}", d == digits.Length - 1 ? recorder : null);
        }

        return new CarryCore(digits, carry, calibrated!);
    }

    private static List<InSituEpoch> Run(
        string subject, InSituTrainingOptions options, INeuralCore[] cores, ThreeWaySplit split, IProgress<InSituEpoch>? progress, CancellationToken cancellationToken)
    {
        FeatureStandardization scaling = FeatureStandardization.Fit(split.Training);
        SampleSet training = SampleSet.Create(split.Training, scaling, options.HasBias);
        SampleSet validation = SampleSet.Create(split.Validation, scaling, options.HasBias);
        SampleSet test = SampleSet.Create(split.Test, scaling, options.HasBias);
        for (int l = 0; l < cores.Length; l++) cores[l].Program(InitialWeights(options.Seed, l, cores[l]));

        var model = new InSituModel(cores, options);
        var history = new List<InSituEpoch>();
        double rate = options.LearningRate;
        var check = new DivergenceCheck(subject, rate);
        for (int epoch = 0; epoch <= options.Epochs; epoch++)
        {
            // The first pass has number 0, so that the rate falls after passes 5, 10, ….
            if (epoch > 1 && (epoch - 1) % options.DecayEpochs == 0) rate *= options.Decay;
            if (epoch > 0) model.TrainEpoch(training, rate, cancellationToken);
            (double trainingLoss, double trainingAccuracy) = model.Evaluate(training, cancellationToken);
            (double validationLoss, double validationAccuracy) = model.Evaluate(validation, cancellationToken);
            var record = new InSituEpoch(epoch, trainingLoss, validationLoss, trainingAccuracy, validationAccuracy, model.Evaluate(test, cancellationToken).Accuracy);
            check.Loss(epoch, trainingLoss, history.Count > 0 ? history[^1].TrainingLoss : null);
            check.Loss(epoch, validationLoss, history.Count > 0 ? history[^1].ValidationLoss : null);
            for (int l = 0; l < cores.Length; l++)
            {
                check.Weights(epoch, cores[l].Weights);
                if (epoch > 0 && cores[l].Overdrive() is string overdrive) throw check.Error(epoch, $"layer {l + 1}: {overdrive}");
            }

            history.Add(record);
            progress?.Report(record);
        }

        return history;
    }

    // Uniform in ±4·√(6/(rows + columns)): Glorot's range for sigmoid networks; columns count the bias.
    private static double[] InitialWeights(ulong seed, int layer, INeuralCore core)
    {
        double range = 4 * Math.Sqrt(6.0 / (core.OutputCount + core.InputCount));
        var random = new CounterRandom(seed, $"initial in-situ weights of layer {layer + 1}");
        var weights = new double[core.OutputCount * core.InputCount];
        for (int k = 0; k < weights.Length; k++) weights[k] = random.Uniform((ulong)k, -range, range);
        return weights;
    }

    private static InSituLayer Layer(INeuralCore core, UpdateRule rule, CoreKind kind)
    {
        CrossbarCore[] digits = core is CarryCore carry ? [.. carry.Digits] : [(CrossbarCore)core];
        return new InSituLayer
        {
            OutputCount = core.OutputCount,
            InputCount = core.InputCount,
            Weights = core.Weights.ToArray(),
            WeightLimit = digits[0].WeightLimit,
            Digits = [.. digits.Select(d => Digit(d, rule, kind))],
        };
    }

    private static InSituDigit Digit(CrossbarCore core, UpdateRule rule, CoreKind kind) => new()
    {
        PositiveSiemens = Siemens(core.Positive.States, rule),
        NegativeSiemens = core.Negative is { } negative
            ? Siemens(negative.States, rule)
            : Enumerable.Repeat(core.Middle * rule.UnitSiemens, core.Positive.Count).ToArray(),
        WeightPerSiemens = core.ReadScale / rule.UnitSiemens,
        HasReference = kind == CoreKind.Offset,
    };

    private static double[] Siemens(ReadOnlySpan<double> states, UpdateRule rule)
    {
        double[] siemens = states.ToArray();
        for (int k = 0; k < siemens.Length; k++) siemens[k] *= rule.UnitSiemens;
        return siemens;
    }
}
