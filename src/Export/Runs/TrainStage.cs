using System.Globalization;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Variation;
using CircuitSim.Training.Baseline;
using CircuitSim.Training.Losses;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Export.Runs;

/// <summary>The train stage: the inverter network, and an unconstrained one of the same shape, split and budget.</summary>
internal static class TrainStage
{
    internal const string BaselineName = "unconstrained tanh network";

    // Share of the stage that the inverter network takes, and of that what is left when fine-tuning through the circuit follows.
    private const double MainShare = 0.7, MainShareBeforeLoop = 0.05;

    internal static (TrainedNetwork Network, TrainingRecord Record) Train(
        Experiment experiment, RunData data, TimeProvider time, Action<double, string> progress, CancellationToken cancellationToken)
    {
        (TrainedNetwork network, TrainingSummary summary) = TrainNetwork(experiment, data, time, progress, cancellationToken);
        long start = time.GetTimestamp();
        TanhBaselineResult baseline = TanhBaselineTrainer.Train(
            experiment.Network.Layers, Options(experiment).Schedule, data.Split,
            new EpochProgress("unconstrained", MainShare, 1, progress), cancellationToken);
        double baselineSeconds = time.GetElapsedTime(start).TotalSeconds;
        return (network, new TrainingRecord
        {
            Training = summary,
            Baseline = new BaselineTraining
            {
                Name = BaselineName,
                TrainAccuracyPercent = 100 * baseline.Final.TrainAccuracy,
                TestAccuracyPercent = 100 * baseline.Final.TestAccuracy,
                Seconds = baselineSeconds,
                History = History(baseline.History),
            },
        });
    }

    /// <summary>What training depends on.</summary>
    internal static string Fingerprint(Experiment experiment, RunData data) => RunStages.Fingerprint(
        experiment.Seed.ToString(CultureInfo.InvariantCulture), data.Fingerprint,
        experiment.Data, experiment.Network, experiment.Train, experiment.Device.ConductanceRatio, experiment.Circuit.SupplyVolts, RunInverter.Fingerprint(experiment.Circuit),
        // The nominal load of a neuron is made of the smallest devices. In the loop, training depends on every wire and device setting.
        ChipSampler.SmallestSiemens(RunDevice.Card(experiment.Device), experiment.Device.ConductanceRatio).ToString("R", CultureInfo.InvariantCulture),
        experiment.Train.InTheLoop ? [experiment.Device, RunDevice.CardFingerprint(experiment.Device), experiment.Circuit, experiment.Train.InTheLoopChip ? experiment.Chip : 0] : Array.Empty<object>());

    /// <summary>Trains the inverter network alone.</summary>
    internal static (TrainedNetwork Network, TrainingSummary Summary) TrainNetwork(
        Experiment experiment, RunData data, TimeProvider time, Action<double, string> progress, CancellationToken cancellationToken)
    {
        PhaxTrainingOptions options = Options(experiment);
        long start = time.GetTimestamp();
        double mainEnd = experiment.Train.InTheLoop ? MainShareBeforeLoop : MainShare;
        PhaxTrainingResult result = PhaxTrainer.Train(options, data.Split, new EpochProgress("phax", 0, mainEnd, progress), cancellationToken);
        double seconds = time.GetElapsedTime(start).TotalSeconds;

        (TrainedNetwork network, InTheLoopTraining? loop) = experiment.Train.InTheLoop
            ? FineTune(experiment, options, result, data, time, new EpochProgress("in the loop", mainEnd, MainShare, progress), cancellationToken)
            : (result.Network, null);
        return (network, new TrainingSummary
        {
            Method = $"{experiment.Train.Method}, {experiment.Train.Curve} neurons",
            Optimizer = experiment.Train.Optimizer,
            LearningRate = experiment.Train.LearningRate,
            BatchSize = experiment.Train.Batch,
            EpochCount = experiment.Train.Epochs,
            LossName = experiment.Train.Loss,
            Seconds = seconds,
            History = History(result.History),
            InTheLoop = loop,
        });
    }

    private static (TrainedNetwork Network, InTheLoopTraining Record) FineTune(
        Experiment experiment, PhaxTrainingOptions options, PhaxTrainingResult trained, RunData data, TimeProvider time,
        EpochProgress progress, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        var loop = new InTheLoopOptions
        {
            Loss = options.Loss,
            ThetaScale = options.ThetaScale,
            ProgrammedOverTarget = experiment.Train.InTheLoopChip ? KnownDevices(experiment, trained.Network) : null,
            ExpectedSpread = experiment.Train.InTheLoopSpread,
            Schedule = new TrainingSchedule
            {
                LearningRate = experiment.Train.InTheLoopLearningRate,
                BatchSize = experiment.Train.Batch,
                Epochs = experiment.Train.InTheLoopEpochs,
                Seed = experiment.Seed,
            },
        };
        InTheLoopResult result = InTheLoopTrainer.FineTune(
            trained.Network, RunDevice.Card(experiment.Device), RunDevice.Mapping(experiment), loop, data.Training, data.Test,
            progress, cancellationToken);
        return (result.Network, new InTheLoopTraining
        {
            BehaviouralTestAccuracyPercent = 100 * trained.Final.TestAccuracy,
            LearningRate = experiment.Train.InTheLoopLearningRate,
            Seconds = time.GetElapsedTime(start).TotalSeconds,
            History = History([result.Before, .. result.History]),
        });
    }

    private static ReadOnlyMemory<double>[] KnownDevices(Experiment experiment, TrainedNetwork network)
    {
        MappedNetwork chip = RunDevice.Sampler(experiment, network).Sample(RunDevice.Seed(experiment.Seed, experiment.Chip));
        return [.. chip.Layers.Select(layer =>
        {
            double[] ratio = layer.ProgrammedSiemens.ToArray();
            for (int i = 0; i < ratio.Length; i++) ratio[i] /= layer.TargetSiemens.Span[i];
            return new ReadOnlyMemory<double>(ratio);
        })];
    }

    /// <summary>Voltages of the trained network as its behavioural model has them.</summary>
    internal static IReadOnlyList<LayerOperatingPoint> Evaluate(
        Experiment experiment, TrainedNetwork network, ReadOnlyMemory<double> inputVolts, int sampleCount) =>
        BehaviouralNetwork.Create(network, Curves(experiment)).Evaluate(inputVolts.Span, sampleCount).Layers;

    /// <summary>Neuron curve of each layer that the network is trained with.</summary>
    internal static IReadOnlyList<INeuronCurve> Curves(Experiment experiment) => Options(experiment).CreateCurves();

    private static PhaxTrainingOptions Options(Experiment experiment) => new()
    {
        LayerSizes = experiment.Network.Layers,
        SupplyVolts = experiment.Circuit.SupplyVolts,
        ConductanceRatio = experiment.Device.ConductanceRatio,
        Inverter = RunInverter.Open(experiment.Circuit),
        Curve = experiment.Train.Curve.StartsWith("tanh", StringComparison.Ordinal) ? NeuronCurveKind.Tanh : NeuronCurveKind.Table,
        NominalLoadMinimumSiemens = experiment.Train.Curve.EndsWith("loaded", StringComparison.Ordinal)
            ? ChipSampler.SmallestSiemens(RunDevice.Card(experiment.Device), experiment.Device.ConductanceRatio)
            : null,
        Loss = experiment.Train.Loss == "mse" ? LossKind.SquaredError : LossKind.CrossEntropy,
        Schedule = new TrainingSchedule
        {
            Optimizer = experiment.Train.Optimizer switch
            {
                "sgd" => OptimizerKind.Momentum,
                "lbfgs" => OptimizerKind.Lbfgs,
                _ => OptimizerKind.Adam,
            },
            LearningRate = experiment.Train.LearningRate,
            Momentum = experiment.Train.Momentum,
            BatchSize = experiment.Train.Batch,
            Epochs = experiment.Train.Epochs,
            Seed = experiment.Seed,
        },
    };

    private static TrainingEpoch[] History(IReadOnlyList<EpochRecord> history) => [.. history.Select(e => new TrainingEpoch
    {
        Epoch = e.Epoch,
        Loss = e.Loss,
        TrainAccuracyPercent = 100 * e.TrainAccuracy,
        TestAccuracyPercent = 100 * e.TestAccuracy,
    })];

    private sealed class EpochProgress(string name, double from, double to, Action<double, string> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            double fraction = from + (to - from) * value.Record.Epoch / value.EpochCount;
            // The stage is done when its files are written, not when the last epoch is.
            progress(Math.Min(fraction, 0.999), FormattableString.Invariant(
                $"{name} epoch {value.Record.Epoch}/{value.EpochCount}, loss {value.Record.Loss:F4}, train {100 * value.Record.TrainAccuracy:F1} %, test {100 * value.Record.TestAccuracy:F1} %"));
        }
    }
}
