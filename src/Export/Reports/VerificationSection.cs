using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>What was verified, what was not and why, and each deck that another simulator solved.</summary>
internal static class VerificationSection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        page.Open("div", ("class", "gallery two claims"));
        WriteClaims(page, "Verified", "claims good", document.Verdict.Verified, "Nothing.");
        WriteClaims(page, "Not verified", "claims warn", document.Verdict.NotVerified, "Nothing was left out.");
        page.Close();
        WriteChecks("Decks solved by another simulator", document.SpiceChecks, page);
        WriteChecks("Decks solved by our own second solver", document.OwnChecks, page);
    }

    private static void WriteClaims(ReportPage page, string heading, string cssClass, IReadOnlyList<string> sentences, string none)
    {
        page.Open("div");
        page.TextElement("h3", heading);
        ReportFigures.List(page, cssClass, sentences.Count == 0 ? [none] : sentences);
        page.Close();
    }

    private static void WriteChecks(string heading, IReadOnlyList<SpiceCheck> checks, ReportPage page)
    {
        if (checks.Count == 0) return;
        page.TextElement("h3", heading);
        foreach (SpiceCheck check in checks) WriteCheck(check, page);
    }

    private static void WriteCheck(SpiceCheck check, ReportPage page)
    {
        (string word, string kind) = Outcome(check.Status);
        page.Open("article", ("class", "check"));
        page.Open("h4");
        page.TextElement("span", word, ("class", "status " + kind));
        page.TextElement("span", check.Description);
        page.Close();
        page.TextElement("p", string.Join(" · ", Details(check)), ("class", "details"));
        page.TextElement("p", check.Reason);
        page.TextElement("pre", check.Command, ("class", "command"), ("tabindex", "0"));
        page.Close();
    }

    private static IEnumerable<string> Details(SpiceCheck check)
    {
        yield return check.Engine;
        yield return check.Wires switch
        {
            DeckWires.Ideal => "ideal wires",
            DeckWires.AsDesigned => "wires as designed",
            DeckWires.Excerpt => "excerpt of the design, with its wires",
            _ => throw new ArgumentOutOfRangeException(nameof(check), check.Wires, "unknown wires"),
        };
        if (check.Sample is int sample) yield return $"sample {FigureText.Whole(sample)}";
        yield return $"{FigureText.Whole(check.ComparedCount)} of {FigureText.Whole(check.NodeCount)} nodes compared";
        if (check.WorstVolts is double worst)
            yield return $"worst difference {FigureText.Short(worst, 2)} V{(check.WorstNodeName is null ? "" : " at " + check.WorstNodeName)}";
        if (check.Seconds is double seconds) yield return $"{FigureText.Short(seconds)} s";
    }

    public static ReportCell Cell(SpiceCheckStatus status)
    {
        (string word, string kind) = Outcome(status);
        return ReportCell.Status(word, kind);
    }

    private static (string Word, string Kind) Outcome(SpiceCheckStatus status) => status switch
    {
        SpiceCheckStatus.Verified => ("✓ verified", "good"),
        SpiceCheckStatus.Failed => ("✗ disagrees", "bad"),
        SpiceCheckStatus.TimedOut => ("✗ timed out", "warn"),
        SpiceCheckStatus.CouldNotRun => ("✗ could not be run", "warn"),
        SpiceCheckStatus.DeckChanged => ("✗ deck changed", "bad"),
        SpiceCheckStatus.Refused => ("– refused", "warn"),
        SpiceCheckStatus.NotRun => ("– not run", "warn"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "unknown status"),
    };
}
