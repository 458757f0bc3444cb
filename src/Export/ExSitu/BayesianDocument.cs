using System.Globalization;
using System.Text.Json.Serialization;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Sweep;

namespace CircuitSim.Export.ExSitu;

/// <summary>Everything that a study of a transferred posterior measured.</summary>
public sealed record BayesianDocument : StudyDocument
{
    /// <summary>Posteriors in software; the first is the one that is transferred.</summary>
    public required IReadOnlyList<BayesianTaskResult> Tasks { get; init; }

    /// <summary>Test samples that chips were judged on.</summary>
    public required int HardwareSampleCount { get; init; }

    /// <summary>Chips of each design.</summary>
    public required int ChipCount { get; init; }

    /// <summary>The posterior in software on the samples of the chips.</summary>
    public required DrawCountResult Software { get; init; }

    /// <summary>K draws in software.</summary>
    public required IReadOnlyList<DrawCountResult> Draws { get; init; }

    /// <summary>Chips against software.</summary>
    public required IReadOnlyList<HardwareResult> Hardware { get; init; }

    /// <summary>Costs of the designs.</summary>
    public required IReadOnlyList<DesignCost> Designs { get; init; }

    /// <summary>Smallest K that keeps the bound on total variation, or null when none does.</summary>
    public required int? ChosenCrossbars { get; init; }

    /// <summary>How K is chosen.</summary>
    public required string Criterion { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<StudyTable> Tables =>
    [
        .. Tasks.SelectMany(TaskTables),
        new StudyTable("Draws of the posterior in software, no devices", ["K", "accuracy (%)", "ECE", "total variation"],
            [.. Draws.Append(Software).Select(d => (IReadOnlyList<string>)[Whole(d.Crossbars), Percent(d.Accuracy), Small(d.CalibrationError), Small(d.TotalVariation)])]),
        .. Hardware.GroupBy(h => h.Programming).Select(g => new StudyTable(
            string.Create(CultureInfo.InvariantCulture, $"{g.Key}: {ChipCount} chips against the posterior in software, {HardwareSampleCount} samples; mean (5 to 95 % of the chips)"),
            ["K", "accuracy (%)", "ECE", "total variation", "currents averaged: accuracy (%)", "its total variation", "pulses a chip", "programming wider than posterior"],
            [.. g.Select(h => (IReadOnlyList<string>)[Whole(h.Crossbars), PercentSpread(h.Accuracy), Spread(h.CalibrationError), Spread(h.TotalVariation), PercentSpread(h.AccuracyOfMeanSums), Spread(h.TotalVariationOfMeanSums), Text($"{h.Pulses:F0}"), Text($"{100 * h.TooWideShare:F1} %")])])),
        new StudyTable("Designs", ["K", "memristors", "cell area (mm²)", "read power (mW)", "energy a classification (nJ)", "pulses, one shot", "pulses, verify", "programming energy"],
            [.. Designs.Select(d => (IReadOnlyList<string>)[Whole(d.Crossbars), Whole(d.DeviceCount), Text($"{d.SquareMillimetres:G3}"), Text($"{1e3 * d.ReadWatts:G3}"), Text($"{1e9 * d.ReadJoules:G3}"), Text($"{d.OnePulseCount:F0}"), Text($"{d.VerifyPulseCount:F0}"), d.OnePulseJoules is double j ? Text($"{j:G3} J") : "card has no pulse energy"])]),
    ];

    internal override string Lead => $"Bayesian network {string.Join("–", LayerSizes)} on {DataSet.Name}, transferred to crossbars of {DeviceCard}";

    internal override IReadOnlyList<NamedFigure> Figures() => BayesianFigures.Of(this);

    private static IEnumerable<StudyTable> TaskTables(BayesianTaskResult t)
    {
        string name = string.Join(", ", t.Classes), of = string.Create(CultureInfo.InvariantCulture, $"{name}: {t.TrainCount} of {t.AvailableCount} training samples, {t.TestCount} test samples");
        SamplerSummary s = t.Sampler;
        yield return new StudyTable($"Classifiers, {of}", ["classifier", "accuracy (%)", "ECE", .. t.Classes.SelectMany(c => new[] { $"recall {c} (%)", $"precision {c} (%)" })],
            [.. t.Scores.Select(c => (IReadOnlyList<string>)[c.Name, Text($"{c.Accuracy.Percent:F2}"), c.CalibrationError is double e ? Small(e) : "", .. c.Classes.SelectMany(k => new[] { Share(k.Recall), Share(k.Precision) })])]);
        yield return new StudyTable($"Accuracy of what is left when the most uncertain are refused, {name}", ["refused (%)", "by total entropy", "by epistemic entropy", "deterministic network"],
            [.. t.Refusal.Select(r => (IReadOnlyList<string>)[Text($"{100 * r.Share:F0}"), Percent(r.ByTotal), Percent(r.ByEpistemic), Percent(r.Deterministic)])]);
        if (t.LeftOut.Count > 0)
            yield return new StudyTable($"Classes left out of training, AUROC against the test samples of {name}", ["class", "samples", "epistemic entropy", "total entropy", "deterministic network's entropy"],
                [.. t.LeftOut.Select(l => (IReadOnlyList<string>)[l.Name, Whole(l.Count), Text($"{l.Epistemic:F3}"), Text($"{l.Total:F3}"), Text($"{l.Deterministic:F3}")])]);
        yield return new StudyTable($"Uncertainty, {name}: mean entropy (nats)", ["samples", "total", "aleatoric", "epistemic"],
            [["classified right", .. t.EntropyWhenRight.Select(Small)], .. t.EntropyWhenWrong.Count > 0 ? [(IReadOnlyList<string>)["classified wrong", .. t.EntropyWhenWrong.Select(Small)]] : Array.Empty<IReadOnlyList<string>>()]);
        yield return new StudyTable($"Sampler, {name}", ["quantity", "value"],
        [
            ["time", Text($"{s.Seconds:F1} s")], ["parameters", Whole(s.ParameterCount)], ["chains, draws", Text($"{s.ChainCount}, {s.DrawCount}")], ["divergences", Whole(s.DivergenceCount)],
            ["trees cut at the largest depth", Whole(s.DeepestTreeCount)], ["gradients after warm-up", Text($"{s.LeapfrogCount}")], ["mean acceptance", Small(s.MeanAcceptance)],
            ["energy error, mean of the largest of each trajectory", s.MeanEnergyError is double error ? Small(error) : "not finite"], ["lowest energy fraction", Small(s.LowestEnergyFraction)], [Text($"predictions of {s.ProbeCount} samples: worst R-hat, lowest effective sample size"), Text($"{s.WorstPredictionRHat:F3}, {s.LowestPredictionSampleSize:F0}")],
            ["weights: median and worst R-hat", Text($"{s.MedianWeightRHat:F3}, {s.WorstWeightRHat:F3}")], ["mean width of the 90 % credible interval", Small(t.CredibleWidth)],
        ]);
    }

    private static string Share(double? value) => value is double share ? Text($"{100 * share:F1}") : "none";

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => Text($"{100 * share:F2}");

    private static string Small(double value) => Text($"{value:F4}");

    private static string PercentSpread(Distribution d) => Text($"{100 * d.Mean:F2} ({100 * d.Quantile05:F2} to {100 * d.Quantile95:F2})");

    private static string Spread(Distribution d) => Text($"{d.Mean:F4} ({d.Quantile05:F4} to {d.Quantile95:F4})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
