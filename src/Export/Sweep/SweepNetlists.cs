using System.Text.Json;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Sweep;

/// <summary>Exports the worst and the median chip of a sweep and, has their decks solved by the experiment's referees.</summary>
internal static class SweepNetlists
{
    internal static void Write(
        SweepPlan plan, SweepFolder folder, ChipRecord? worst, ChipRecord? median, RunServices services, CancellationToken cancellationToken)
    {
        foreach ((string name, ChipRecord? chip) in new[] { ("worst", worst), ("median", median) })
        {
            if (chip is null) continue;
            Write(plan, folder, Path.Combine(folder.Netlists, name), chip, services, cancellationToken);
        }
    }

    private static void Write(SweepPlan plan, SweepFolder folder, string target, ChipRecord chip, RunServices services, CancellationToken cancellationToken)
    {
        SweepPoint point = plan.Points[chip.Point - 1];
        ChipTester tester = plan.Tester(point, folder);
        Circuit.Networks.NetworkCircuit circuit = tester.Make(chip.Chip).Circuit;
        int[] samples = plan.Experiment.Export.Samples is null ? [.. Enumerable.Range(0, tester.Data.CheckedCount)] : [.. plan.Experiment.Export.Samples];
        DeckExporter.Write(
            target, $"{plan.Experiment.Name}, {point.Label}, chip {chip.Chip}", circuit, tester.Data.Test, samples,
            plan.Experiment.Export.SpiceDialects, cancellationToken: cancellationToken);
        using (var text = new StringWriter())
        {
            ExperimentFile.Write(text, point.ExperimentOf(plan.Experiment) with { Chip = chip.Chip });
            AtomicFile.WriteText(Path.Combine(target, "experiment.yaml"), w => w.Write(text.ToString()));
        }

        CheckSettings settings = plan.Experiment.Check;
        var checker = new SpiceChecker(circuit, tester.Data.Test, null, settings.Limits.SpiceVolts ?? SpiceChecker.DefaultLimitVolts);
        // Times differ from run to run; everything in a sweep's folder is a function of its experiment.
        SpiceCheck[] checks =
        [
            .. CheckStage.CheckDecks(checker, target, settings, Referee.Of(settings, services), 0, (_, _) => { }, cancellationToken).Select(c => c with { Seconds = null }),
        ];
        AtomicFile.Write(Path.Combine(target, "check.json"), s => JsonSerializer.Serialize(s, new
        {
            schemaVersion = 1,
            chip,
            values = point.Values.ToDictionary(v => v.Key, v => v.Value),
            checks,
        }, FidelityJson.Options));
    }
}
