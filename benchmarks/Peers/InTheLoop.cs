using System.Globalization;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Peers;

/// <summary>What training in the loop wins back of what wires cost: the shipped experiment over several seeds.</summary>
internal static class InTheLoop
{
    private const string Name = "phax-mnist14-wires";
    private const int SeedCount = 4;
    private const double LeastLossPoints = 5, MostEpochSeconds = 10;

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

        return isMet ? 0 : 5;
    }
}
