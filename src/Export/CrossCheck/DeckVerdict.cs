using System.Globalization;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>What checks of decks amount to. Three things stay apart: whole circuits verified by another simulator, parts of them, and whole circuits verified by our own second solver.</summary>
internal static class DeckVerdict
{
    private const string SpiceVolts = "spice_volts";

    /// <summary>Whether a simulator solved a circuit otherwise than we, or a deck is not the run's.</summary>
    internal static bool Disagrees(IEnumerable<SpiceCheck> checks) => checks.Any(c => c.Status is SpiceCheckStatus.Failed or SpiceCheckStatus.DeckChanged);

    /// <summary>Whether a simulator was started and gave nothing to compare.</summary>
    internal static bool IsUnjudged(IEnumerable<SpiceCheck> checks) => checks.Any(c => c.Status is SpiceCheckStatus.TimedOut or SpiceCheckStatus.CouldNotRun);

    /// <summary>The verdict that limits and decks lead to.</summary>
    internal static FidelityVerdict Judge(
        string summary, IReadOnlyList<FidelityLimit> limits, IReadOnlyList<SpiceCheck> checks, IReadOnlyList<string> verified, IReadOnlyList<string> notVerified)
    {
        bool isMissed = limits.Any(l => l is { Passed: false, IsJudged: true }) || Disagrees(checks);
        bool isUnjudged = limits.Any(l => !l.IsJudged) || IsUnjudged(checks);
        string[] missed = [.. limits.Where(l => l is { Passed: false, IsJudged: true }).Select(l => l.Name)];
        string[] unjudged = [.. limits.Where(l => !l.IsJudged).Select(l => l.Name)];
        string outcome = isMissed ? $" Missed: {string.Join(", ", missed.DefaultIfEmpty("agreement with another solver"))}." : "";
        if (isUnjudged) outcome += $" Not judged: {string.Join(", ", unjudged.DefaultIfEmpty("decks that a simulator did not solve"))}.";
        return new FidelityVerdict
        {
            Passed = !isMissed && !isUnjudged,
            IsUnjudged = !isMissed && isUnjudged,
            Summary = summary + outcome,
            Limits = limits,
            Verified = verified,
            NotVerified = notVerified,
        };
    }

    /// <summary>
    /// The limit on voltages: judged by other simulators where one solved a deck, else by our own second solver on whole circuits, else not
    /// judged. Null when the experiment sets none.
    /// </summary>
    internal static FidelityLimit? Limit(double? limit, IReadOnlyList<SpiceCheck> checks)
    {
        if (limit is not double volts) return null;
        SpiceCheck[] others = [.. checks.Where(c => !c.IsOwnSolver && HasRun(c))];
        SpiceCheck[] judges = others.Length > 0 ? others : [.. checks.Where(c => c is { IsOwnSolver: true, Wires: DeckWires.AsDesigned } && HasRun(c))];
        bool isComplete = judges.All(c => c.WorstVolts is not null), isKept = judges.All(c => c.Status == SpiceCheckStatus.Verified);
        // A deck that was started and not solved leaves the limit open; one that disagrees decides it.
        bool isJudged = judges.Length > 0 && (!isKept || !IsUnjudged(checks.Where(c => c.IsOwnSolver == (others.Length == 0))));
        string judge = others.Length > 0 ? Names(others) : "our own second solver";
        return new FidelityLimit
        {
            Name = SpiceVolts,
            Description = "Largest difference of any node of any deck from another solver of the same circuit",
            Limit = volts,
            Measured = judges.Length > 0 && isComplete ? judges.Max(c => c.WorstVolts) : null,
            Unit = "V",
            Passed = isJudged && isKept,
            IsJudged = isJudged,
            JudgedBy = isJudged ? judge : null,
            Explanation = (isJudged, others.Length > 0) switch
            {
                (false, _) => "No solver gave voltages of every deck that it was given; see what was not verified. Install ngspice, or put 'native' into 'check: against'.",
                (_, true) => $"Every node of {Count(judges)}, solved from the decks' text by {judge}.",
                _ => $"No other simulator ran: every node of {Count(judges)}, solved from the decks' text by our own second solver.",
            },
        };
    }

    /// <summary>Who agrees, on what, and how far, as part of a sentence.</summary>
    internal static string Agreement(IReadOnlyList<SpiceCheck> checks)
    {
        string[] others = [.. checks.Where(c => !c.IsOwnSolver).GroupBy(c => c.Engine).Select(g => Agreement(g.Key, [.. g])).OfType<string>()];
        string? own = Agreement("our own second solver", [.. checks.Where(c => c.IsOwnSolver)]);
        return string.Join("; ", (others.Length > 0 ? others : ["no other simulator solved a deck"]).Concat(own is null ? [] : [own]));
    }

    /// <summary>Sentences on what was verified.</summary>
    internal static IEnumerable<string> Verified(IEnumerable<SpiceCheck> checks) => checks
        .Where(c => c.Status == SpiceCheckStatus.Verified)
        .GroupBy(c => (c.IsOwnSolver, c.Engine, c.Wires))
        .OrderBy(g => g.Key.IsOwnSolver).ThenBy(g => g.Key.Wires != DeckWires.AsDesigned)
        .Select(g => string.Create(CultureInfo.InvariantCulture,
            $"{Kind(g.Key.Wires)} by {(g.Key.IsOwnSolver ? $"our own second solver ({g.Key.Engine})" : g.Key.Engine)}: {Decks(g.Count(), g.Key.Wires)}, all {g.Sum(c => (long)c.ComparedCount)} node voltages within {g.Max(c => c.WorstVolts):G2} V."));

    /// <summary>Sentences on what was not verified, and why.</summary>
    internal static IEnumerable<string> NotVerified(IReadOnlyList<SpiceCheck> checks)
    {
        foreach (IGrouping<(string Engine, string Reason), SpiceCheck> g in checks.Where(c => c.Status is SpiceCheckStatus.Refused or SpiceCheckStatus.NotRun).GroupBy(c => (c.Engine, c.Reason)))
        {
            bool hasParts = checks.Any(c => c.Engine == g.Key.Engine && c.Wires != DeckWires.AsDesigned && HasRun(c));
            yield return $"{Decks(g.Count(), g.First().Wires)} in {g.Key.Engine}: {g.Key.Reason}{(hasParts ? "; parts of the circuit stand in for it" : "")}.";
        }

        foreach (SpiceCheck c in checks.Where(c => c.Status is SpiceCheckStatus.Failed or SpiceCheckStatus.TimedOut or SpiceCheckStatus.CouldNotRun or SpiceCheckStatus.DeckChanged))
            yield return $"{c.File} in {c.Engine}: {Problem(c)}.";
    }

    /// <summary>What went wrong with a deck, as part of a sentence.</summary>
    internal static string Problem(SpiceCheck check) => check switch
    {
        { Status: SpiceCheckStatus.Failed, WorstVolts: double worst, WorstNodeName: string node } =>
            string.Create(CultureInfo.InvariantCulture, $"disagrees by {worst:G3} V at node {node} ({check.Reason})"),
        { Status: SpiceCheckStatus.Failed } => $"disagrees: {check.Reason}",
        { Status: SpiceCheckStatus.TimedOut } => $"timed out: {check.Reason}",
        { Status: SpiceCheckStatus.CouldNotRun } => $"could not be run: {check.Reason}",
        { Status: SpiceCheckStatus.DeckChanged } => $"deck changed: {check.Reason}",
        _ => check.Reason,
    };

    /// <summary>How many whole circuits and how many parts.</summary>
    internal static string Count(IReadOnlyCollection<SpiceCheck> checks)
    {
        int whole = checks.Count(c => c.Wires == DeckWires.AsDesigned), parts = checks.Count - whole;
        return (whole, parts) switch
        {
            (0, 0) => "nothing",
            (_, 0) => Decks(whole, DeckWires.AsDesigned),
            (0, _) => Decks(parts, DeckWires.Excerpt),
            _ => $"{Decks(whole, DeckWires.AsDesigned)} and {Decks(parts, DeckWires.Excerpt)}",
        };
    }

    private static string? Agreement(string engine, SpiceCheck[] checks)
    {
        SpiceCheck[] ran = [.. checks.Where(HasRun)];
        SpiceCheck? open = checks.FirstOrDefault(c => c.Status is SpiceCheckStatus.TimedOut or SpiceCheckStatus.CouldNotRun or SpiceCheckStatus.DeckChanged);
        if (ran.Length == 0) return open is null ? null : $"{engine}, {open.File}: {Problem(open)}";
        SpiceCheck? worst = ran.FirstOrDefault(c => c.Status == SpiceCheckStatus.Failed && c.WorstVolts is null)
            ?? ran.Where(c => c.Status == SpiceCheckStatus.Failed).MaxBy(c => c.WorstVolts);
        if (worst is not null) return $"{engine} {Problem(worst)}, deck {worst.File}";
        string unsure = open is null ? "" : $", but {open.File}: {Problem(open)}";
        return string.Create(CultureInfo.InvariantCulture, $"{engine} agrees on every node of {Count(ran)} within {ran.Max(c => c.WorstVolts):G2} V{unsure}");
    }

    private static bool HasRun(SpiceCheck check) => check.Status is SpiceCheckStatus.Verified or SpiceCheckStatus.Failed;

    private static string Names(IEnumerable<SpiceCheck> checks) => string.Join(" and ", checks.Select(c => c.Engine).Distinct());

    private static string Kind(DeckWires wires) => wires == DeckWires.AsDesigned ? "Verified whole" : "Verified in parts";

    private static string Decks(int count, DeckWires wires) => (count, wires) switch
    {
        (1, DeckWires.AsDesigned) => "1 whole circuit",
        (_, DeckWires.AsDesigned) => $"{count} whole circuits",
        (1, DeckWires.Ideal) => "1 whole network without its wires",
        (_, DeckWires.Ideal) => $"{count} whole networks without their wires",
        (1, _) => "1 part of the circuit",
        _ => $"{count} parts of the circuit",
    };
}
