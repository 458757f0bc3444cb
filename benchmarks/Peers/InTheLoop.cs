using System.Globalization;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Peers;

/// <summary>What training in the loop wins back of what wires cost: the shipped experiment over several seeds.</summary>
internal static class InTheLoop
{
    private const string Name = "phax-mnist14-wires";
    private const int SeedCount = 4;
    private const double LeastLossPoints = 5, MostEpochSeconds = 10, ChipSpread = 0.5;

    /// <summary>Trains every seed and prints a Markdown table.</summary>
    /// <param name="output">Receives the table.</param>
    /// <returns>Exit code: 0, or 5 when wires cost too little, less than half is won back, or an epoch takes too long.</returns>
    public static int Run(TextWriter output)
    {
        Experiment shipped = ShippedExperiments.Find(Name)!;
        output.WriteLine("| seed | behavioural, ideal wires | circuit before | circuit after | lost | won back | seconds an epoch |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        bool isMet = true;
        for (ulong seed = 1; seed <= SeedCount; seed++)
        {
            Experiment experiment = shipped with { Seed = seed };
            (_, TrainingRecord record) = TrainStage.Train(
                experiment, RunData.Open(experiment, null), TimeProvider.System, (_, _) => { }, CancellationToken.None);
            InTheLoopTraining loop = record.Training.InTheLoop!;
            double behavioural = loop.BehaviouralTestAccuracyPercent, before = loop.History[0].TestAccuracyPercent!.Value;
            double after = loop.History[^1].TestAccuracyPercent!.Value, epochSeconds = loop.Seconds / (loop.History.Count - 1);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {seed} | {behavioural:F1} | {before:F1} | {after:F1} | {behavioural - before:F1} | {after - before:F1} | {epochSeconds:F1} |"));
            isMet &= behavioural - before >= LeastLossPoints && after - before >= 0.5 * (behavioural - before) && epochSeconds < MostEpochSeconds;
        }

        KnownChip(output, shipped);
        return isMet ? 0 : 5;
    }

    // One chip a seed, whose devices were read back after programming: fine-tuned for the design, and for the chip itself.
    private static void KnownChip(TextWriter output, Experiment shipped)
    {
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| seed (chip with a spread of {100 * ChipSpread} %) | behavioural | fine-tuned for the design | fine-tuned for the chip |"));
        output.WriteLine("|---|---|---|---|");
        for (ulong seed = 1; seed <= SeedCount; seed++)
        {
            Experiment experiment = shipped with { Seed = seed };
            RunData data = RunData.Open(experiment, null);
            TrainedNetwork plain = Train(experiment with { Train = experiment.Train with { InTheLoop = false } }, data);
            TrainedNetwork design = Train(experiment, data);
            var options = new InTheLoopOptions
            {
                ProgrammedOverTarget = [.. plain.Layers.Select((layer, l) => Chip(seed, l, layer.Theta.Length))],
                Schedule = new TrainingSchedule { Epochs = experiment.Train.InTheLoopEpochs, Seed = seed },
            };
            InTheLoopResult chip = InTheLoopTrainer.FineTune(
                plain, PublishedCards.Phax, RunDevice.Mapping(experiment), options, data.Training, data.Test);
            var designOnChip = new CircuitModel(design, PublishedCards.Phax, RunDevice.Mapping(experiment), options);
            double onChip = 100.0 * designOnChip.Evaluate(data.Test.InputVolts.Span, data.Test.Labels.Span).Correct / data.Test.SampleCount;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {seed} | {100 * chip.Before.TestAccuracy:F1} | {onChip:F1} | {100 * chip.History[^1].TestAccuracy:F1} |"));
        }
    }

    private static TrainedNetwork Train(Experiment experiment, RunData data) =>
        TrainStage.Train(experiment, data, TimeProvider.System, (_, _) => { }, CancellationToken.None).Network;

    // Log-normal ratios of programmed to target conductance.
    private static ReadOnlyMemory<double> Chip(ulong seed, int layer, int count)
    {
        var random = new CounterRandom(seed, $"chip, layer {layer + 1}");
        return (double[])[.. Enumerable.Range(0, count).Select(i => Math.Exp(ChipSpread * random.Normal((ulong)i)))];
    }
}
