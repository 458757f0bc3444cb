using System.Globalization;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Speed;

namespace CircuitSim.Export.Runs;

/// <summary>Holds what was measured against the limits of an experiment, and says what was verified and what was not.</summary>
internal static class RunVerdict
{
    internal static FidelityVerdict Judge(
        Experiment experiment, CrossCheckResult result, InTheLoopTraining? loop, IReadOnlyList<SpiceCheck> spice, SpeedComparison? speed, int sampleCount, bool isSpiceWanted)
    {
        var limits = new List<FidelityLimit>();
        LimitSettings set = experiment.Check.Limits;
        if (set.AccuracyDropPercent is double drop) limits.Add(AccuracyDrop(drop, result, loop, sampleCount));

        if (set.WorstNodeMillivolts is double worst)
        {
            limits.Add(new FidelityLimit
            {
                Name = "worst_node_millivolts",
                Description = "Largest difference of a gate or inverter output from the trained network",
                Limit = worst,
                Measured = result.WorstMillivolts,
                Unit = "mV",
                Passed = result.WorstMillivolts <= worst,
                Explanation = $"Over all layers and {sampleCount} held-out samples; the worst node is {result.WorstNodes[0].NodeName}.",
            });
        }

        SpiceCheck[] ran = [.. spice.Where(c => c.Status is SpiceCheckStatus.Verified or SpiceCheckStatus.Failed)];
        if (SpiceLimit(set.SpiceVolts, ran) is { } spiceLimit) limits.Add(spiceLimit);
        if (speed is not null) limits.Add(SpeedLimit(speed));

        bool isPassed = limits.TrueForAll(l => l.Passed) && Array.TrueForAll(ran, c => c.Status == SpiceCheckStatus.Verified);
        return new FidelityVerdict
        {
            Passed = isPassed,
            Summary = Summary(result, loop, isPassed, limits, ran),
            Limits = limits,
            Verified = Verified(result, sampleCount, ran),
            NotVerified = NotVerified(experiment, spice, isSpiceWanted),
        };
    }

    internal static FidelityLimit AccuracyDrop(double limit, double measured, string description, string explanation) => new()
    {
        Name = "accuracy_drop_percent",
        Description = description,
        Limit = limit,
        Measured = measured,
        Unit = "points",
        Passed = measured <= limit,
        Explanation = explanation,
    };

    // Without ngspice nothing can be measured; the page says so instead of failing the design.
    internal static FidelityLimit? SpiceLimit(double? limit, SpiceCheck[] ran)
    {
        if (limit is not double volts || ran.Length == 0) return null;
        bool isComplete = ran.All(c => c.WorstVolts is not null);
        return new FidelityLimit
        {
            Name = "spice_volts",
            Description = "Largest difference of any node of any re-run deck from ngspice",
            Limit = volts,
            Measured = isComplete ? ran.Max(c => c.WorstVolts) : null,
            Unit = "V",
            Passed = ran.All(c => c.Status == SpiceCheckStatus.Verified),
            Explanation = $"Every node of {ran.Length} decks, re-run unchanged in {ran[0].Engine}.",
        };
    }

    private static FidelityLimit SpeedLimit(SpeedComparison comparison) => new()
    {
        Name = "speed_percent",
        Description = "Largest difference of delay or energy from the same transients in another simulator",
        Limit = comparison.LimitPercent,
        Measured = Math.Max(comparison.DelayDifferencePercent, comparison.EnergyDifferencePercent),
        Unit = "%",
        Passed = comparison.Passed,
        Explanation = $"Delay of each sample and energy of an inference in {comparison.Engine}.",
    };

    // A network fine-tuned through its circuit is meant for that circuit's wires: what it would do without them is no reference.
    private static FidelityLimit AccuracyDrop(double limit, CrossCheckResult result, InTheLoopTraining? loop, int sampleCount)
    {
        double measured = loop is null
            ? result.AccuracyDropPercent
            : loop.BehaviouralTestAccuracyPercent - loop.History[^1].TestAccuracyPercent!.Value;
        return loop is null
            ? AccuracyDrop(limit, measured, "Accuracy lost from the trained network to its circuit",
                $"Accuracy of the behavioural network less that of the circuit on the same {sampleCount} held-out samples. When missed, look at the attribution for the effect that costs most.")
            : AccuracyDrop(limit, measured, "Accuracy lost from the behavioural network before fine-tuning to the circuit after it",
                "Accuracy of the behaviourally trained network less that of the fine-tuned circuit, on all held-out samples. When missed, train longer in the loop or with better wires.");
    }

    private static string Summary(CrossCheckResult result, InTheLoopTraining? loop, bool isPassed, List<FidelityLimit> limits, SpiceCheck[] ran)
    {
        string accuracy = string.Create(CultureInfo.InvariantCulture,
            $"The circuit classifies {result.Accuracies[1].Percent:F1} % of {result.Accuracies[1].SampleCount} held-out samples, ");
        accuracy += loop is null
            ? string.Create(CultureInfo.InvariantCulture, $"the trained network {result.Accuracies[0].Percent:F1} %")
            : string.Create(CultureInfo.InvariantCulture,
                $"before fine-tuning {loop.History[0].TestAccuracyPercent:F1} %, the behaviourally trained network {loop.BehaviouralTestAccuracyPercent:F1} %");
        string spice = ran.Length == 0
            ? "no deck was re-run in ngspice"
            : ran.All(c => c.Status == SpiceCheckStatus.Verified)
                ? string.Create(CultureInfo.InvariantCulture, $"ngspice agrees on every node of {ran.Length} decks within {ran.Max(c => c.WorstVolts):G2} V")
                : $"ngspice disagrees on {ran.Count(c => c.Status == SpiceCheckStatus.Failed)} of {ran.Length} decks";
        string missed = isPassed ? "" : $" Missed: {string.Join(", ", limits.Where(l => !l.Passed).Select(l => l.Name).DefaultIfEmpty("agreement with ngspice"))}.";
        return $"{accuracy}; {spice}.{missed}";
    }

    private static List<string> Verified(CrossCheckResult result, int sampleCount, SpiceCheck[] ran)
    {
        var sentences = new List<string>
        {
            $"{sampleCount} held-out samples were solved at circuit level with every wire segment and loaded inverters, and held against the behavioural network at {result.Layers.Sum(l => (long)l.Count)} voltages.",
        };
        sentences.AddRange(ran.Where(c => c.Status == SpiceCheckStatus.Verified)
            .GroupBy(c => c.Wires)
            .Select(g => string.Create(CultureInfo.InvariantCulture,
                $"{g.Count()} decks ({Kind(g.Key)}) were re-run in {g.First().Engine}: all {g.Sum(c => (long)c.ComparedCount)} node voltages agree within {g.Max(c => c.WorstVolts):G2} V.")));
        return sentences;
    }

    private static List<string> NotVerified(Experiment experiment, IReadOnlyList<SpiceCheck> spice, bool isSpiceWanted)
    {
        var sentences = new List<string>();
        sentences.AddRange(spice.Where(c => c.Status == SpiceCheckStatus.Refused)
            .GroupBy(c => c.Reason)
            .Select(g => $"{g.Count()} decks of the whole network with wires were not re-run: {g.Key}. The same network with ideal wires and an excerpt of each layer with wires stand in for them."));
        sentences.AddRange(spice.Where(c => c.Status == SpiceCheckStatus.Failed).Select(c => $"{c.File}: {c.Reason}."));
        int notRun = spice.Count(c => c.Status == SpiceCheckStatus.NotRun);
        if (notRun > 0)
        {
            sentences.Add(isSpiceWanted
                ? $"{notRun} decks were not re-run, because ngspice was not found on this machine{(experiment.Check.Limits.SpiceVolts is null ? "" : "; the limit spice_volts was not judged")}."
                : $"{notRun} decks were not re-run: comparison with ngspice was not asked for.");
        }

        return sentences;
    }

    private static string Kind(DeckWires wires) => wires switch
    {
        DeckWires.Ideal => "whole network, ideal wires",
        DeckWires.Excerpt => "excerpts with every wire segment",
        _ => "whole network as designed",
    };
}
