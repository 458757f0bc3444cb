using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Passed or not, against which limits, and the few numbers a reader in a hurry wants.</summary>
internal static class VerdictSection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        WriteBanner(document.Verdict, page);
        ReportFigures.Facts(page, [.. Headlines(document)]);
        WriteLimits(document.Verdict, page);
        string[] leftOut = [.. document.SkippedEffects.Where(e => e.Effect is null).Select(e => e.Reason)];
        if (leftOut.Length == 0) return;

        ReportFigures.Paragraph(page, "Warning: the circuit does not contain all that the device card states.");
        ReportFigures.List(page, "left-out", leftOut);
    }

    public static void WriteBanner(FidelityVerdict verdict, ReportPage page)
    {
        page.Open("div", ("class", verdict.Passed ? "banner good" : verdict.IsUnjudged ? "banner warn" : "banner bad"));
        page.TextElement("strong", verdict.Passed ? "✓ Passed" : verdict.IsUnjudged ? "– Not judged" : "✗ Not passed", ("class", "result"));
        page.TextElement("p", verdict.Summary);
        page.Close();
    }

    public static void WriteLimits(FidelityVerdict verdict, ReportPage page)
    {
        if (verdict.Limits.Count == 0)
        {
            ReportFigures.Paragraph(page, "The experiment sets no limits.");
            return;
        }

        ReportTable.Write(
            page,
            "Limits of the experiment",
            ["What is limited", "Result", "Measured", "Limit", "Unit", "How it was measured", "Key"],
            [.. verdict.Limits.Select(Row)]);
    }

    private static ReportCell[] Row(FidelityLimit limit) =>
    [
        ReportCell.Words(limit.Description),
        ReportCell.Status(limit.Passed ? "✓ kept" : limit.IsJudged ? "✗ missed" : "– not judged", limit.Passed ? "good" : limit.IsJudged ? "bad" : "warn"),
        ReportCell.Short(limit.Measured),
        ReportCell.Number(limit.Limit, FigureText.Plain),
        ReportCell.Words(limit.Unit),
        ReportCell.Words(limit.Explanation),
        ReportCell.Code(limit.Name),
    ];

    private static IEnumerable<(string Name, string Value)> Headlines(FidelityDocument document)
    {
        if (document.Agreement is { } agreement)
        {
            string share = $"{FigureText.Whole(agreement.AgreeingCount)} of {FigureText.Whole(agreement.SampleCount)} samples";
            yield return ("Same class as the behavioural model", share);
        }

        if (document.WorstNodes.Count > 0)
        {
            NodeDifference worst = document.WorstNodes.MaxBy(n => Math.Abs(n.DifferenceMillivolts))!;
            yield return ("Worst node", $"{FigureText.Short(Math.Abs(worst.DifferenceMillivolts))} mV at {worst.NodeName}");
        }

        if (document.SpiceChecks.Count > 0)
        {
            SpiceCheck[] verified = [.. document.SpiceChecks.Where(c => c.Status == SpiceCheckStatus.Verified)];
            string bound = verified.Length == 0 ? "" : $", within {FigureText.Short(verified.Max(c => c.WorstVolts ?? double.NaN), 2)} V";
            yield return ("Verified by another simulator", DeckVerdict.Count(verified) + bound);
        }

        SpiceCheck[] own = [.. document.OwnChecks.Where(c => c.Status == SpiceCheckStatus.Verified)];
        if (own.Length > 0) yield return ("Verified by our own second solver", DeckVerdict.Count(own));
        if (document.Attribution.Skip(1).MaxBy(s => s.RmsChangeMillivolts) is { RmsChangeMillivolts: double change } step)
            yield return ("Largest step from network to circuit", $"{step.Name}, {FigureText.Short(change)} mV rms");
        if (document.PowerBalance is { } power) yield return ("Static power", $"{FigureText.Short(power.DissipatedMilliwatts)} mW");
        if (document.Speed is { } speed)
            yield return ("Delay and energy", $"{FigureText.Short(1e9 * speed.WorstDelaySeconds)} ns, {FigureText.Short(1e12 * speed.EnergyPerInferenceJoules)} pJ");

        NetworkSummary network = document.Network;
        yield return ("Circuit", $"{FigureText.Whole(network.DeviceCount)} memristors, {FigureText.Whole(network.CircuitNodeCount)} nodes");
    }
}
