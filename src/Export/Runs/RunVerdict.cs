using System.Globalization;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Speed;

namespace CircuitSim.Export.Runs;

/// <summary>Holds what was measured against the limits of an experiment, and says what was verified and what was not.</summary>
internal static class RunVerdict
{
    internal static FidelityVerdict Judge(
        Experiment experiment, CrossCheckResult result, InTheLoopTraining? loop, IReadOnlyList<SpiceCheck> spice, SpeedComparison? speed, int sampleCount)
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

        if (DeckVerdict.Limit(set.SpiceVolts, spice) is { } spiceLimit) limits.Add(spiceLimit);
        if ((speed?.LimitPercent ?? experiment.Speed?.LimitPercent) is double percent) limits.Add(SpeedLimit(percent, speed));

        return DeckVerdict.Judge(
            Summary(result, loop, spice), limits, spice, [.. Verified(result, sampleCount), .. DeckVerdict.Verified(spice)], [.. DeckVerdict.NotVerified(spice)]);
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

    private static FidelityLimit SpeedLimit(double limit, SpeedComparison? comparison) => new()
    {
        Name = "speed_percent",
        Description = "Largest difference of delay or energy from the same transients in another simulator",
        Limit = limit,
        Measured = comparison is null ? null : Math.Max(comparison.DelayDifferencePercent, comparison.EnergyDifferencePercent),
        Unit = "%",
        Passed = comparison is { Passed: true },
        IsJudged = comparison is not null,
        JudgedBy = comparison?.Engine,
        Explanation = comparison is null
            ? "No simulator ran the transients; install ngspice, or leave limit_percent out of the speed section."
            : $"Delay of each sample and energy of an inference in {comparison.Engine}.",
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

    private static string Summary(CrossCheckResult result, InTheLoopTraining? loop, IReadOnlyList<SpiceCheck> spice)
    {
        string accuracy = string.Create(CultureInfo.InvariantCulture,
            $"The circuit classifies {result.Accuracies[1].Percent:F1} % of {result.Accuracies[1].SampleCount} held-out samples, ");
        accuracy += loop is null
            ? string.Create(CultureInfo.InvariantCulture, $"the trained network {result.Accuracies[0].Percent:F1} %")
            : string.Create(CultureInfo.InvariantCulture,
                $"before fine-tuning {loop.History[0].TestAccuracyPercent:F1} %, the behaviourally trained network {loop.BehaviouralTestAccuracyPercent:F1} %");
        return $"{accuracy}; {DeckVerdict.Agreement(spice)}.";
    }

    private static string[] Verified(CrossCheckResult result, int sampleCount) =>
    [
        $"{sampleCount} held-out samples were solved at circuit level with every wire segment and loaded inverters, and compared with the behavioural network at {result.Layers.Sum(l => (long)l.Count)} voltages.",
    ];
}
