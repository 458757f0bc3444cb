using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Netlists.Dialects;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Speed;

namespace CircuitSim.Export.Runs;

/// <summary>Re-runs the ngspice decks of a run as they lie on disk, and says where they are no longer the run's.</summary>
/// <param name="folder">The run.</param>
/// <param name="checker">Solves the circuit of a deck and runs the deck.</param>
/// <param name="engine">The simulator that runs transients; the same as the checker's.</param>
/// <param name="sequence">The samples of a transient deck, or null when the run has none.</param>
/// <param name="timeout">Longest time that a simulator may take for one deck.</param>
internal sealed class DeckRechecker(
    RunFolder folder, SpiceChecker checker, IDeckEngine engine, (SampleSequence Samples, SpeedSettings Settings)? sequence, TimeSpan timeout)
{
    // Settled outputs of two simulators at a local error of 1e-4 differ by some 1e-7 V; a device off by 1 % moves an output by far more.
    private const double MostFinalVolts = 1e-5;

    /// <summary>Checks all decks.</summary>
    /// <param name="drafts">The decks as the run writes them.</param>
    /// <param name="progress">Told which deck comes next.</param>
    /// <param name="cancellationToken">Ends the work early and stops the simulator.</param>
    internal IReadOnlyList<DeckRecheck> Check(IEnumerable<DeckDraft> drafts, Action<string> progress, CancellationToken cancellationToken)
    {
        var checks = new List<DeckRecheck>();
        foreach (DeckDraft draft in drafts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DeckEntry entry = draft.Entry(SpiceDialect.Ngspice);
            progress(entry.File);
            checks.Add(Check(draft, entry, cancellationToken));
        }

        return checks;
    }

    private DeckRecheck Check(DeckDraft draft, DeckEntry entry, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder.Netlists, entry.Dialect, entry.File);
        var check = new DeckRecheck
        {
            File = $"{Path.GetFileName(folder.Netlists)}/{entry.Dialect}/{entry.File}",
            Status = SpiceCheckStatus.Failed,
            Differences = [],
            ComparedCount = 0,
            WorstVolts = null,
            WorstNodeName = null,
            Seconds = null,
            Reason = "the deck is missing; write it again with 'circuitsim export'",
        };
        if (!File.Exists(path)) return check;

        check = check with { Differences = DeckComparison.Differences(SpiceWriter.ToText(draft.For(SpiceDialect.Ngspice)), File.ReadAllText(path)) };
        if (draft.Sample is null) return Transient(check, draft, path, cancellationToken);

        SpiceCheck result = checker.Check(folder.Netlists, entry, cancellationToken);
        return check with
        {
            Status = result.Status,
            ComparedCount = result.ComparedCount,
            WorstVolts = result.WorstVolts,
            WorstNodeName = result.WorstNodeName,
            Seconds = result.Seconds,
            Reason = result.Reason,
        };
    }

    private DeckRecheck Transient(DeckRecheck check, DeckDraft draft, string path, CancellationToken cancellationToken)
    {
        if (checker.RefusalOf(draft.Entry(SpiceDialect.Ngspice)) is string refusal) return check with { Status = SpiceCheckStatus.Refused, Reason = refusal };

        (SampleSequence samples, SpeedSettings settings) = sequence!.Value;
        try
        {
            EngineResult result = engine.SolveDeckFile(path, (engine is ReadDeckEngine ? EngineOptions.Tight : EngineOptions.Default) with { Timeout = timeout }, cancellationToken);
            if (result.Analyses is not [TransientResult transient])
                return check with { Seconds = result.Seconds, Reason = $"the deck asks for {result.Analyses.Count} analyses; one transient is expected" };
            TransientResult theirs = SpeedMeter.Comparable(engine.Name, samples, transient);
            TransientResult ours = SpeedMeter.Run(new NativeEngine(), samples, settings.HoldSeconds, cancellationToken);
            (double worst, string node) = SpeedMeter.WorstFinalDifference(samples, ours, theirs, settings.HoldSeconds);
            double delay = SpeedMeter.DelayDifferencePercent(
                SpeedMeter.Transitions(samples, ours, settings.HoldSeconds), SpeedMeter.Transitions(samples, theirs, settings.HoldSeconds));
            bool agrees = delay <= settings.JudgedPercent && worst <= MostFinalVolts;
            return check with
            {
                Status = agrees ? SpiceCheckStatus.Verified : SpiceCheckStatus.Failed,
                ComparedCount = samples.Count * samples.Outputs.Count,
                WorstVolts = worst,
                WorstNodeName = node,
                DelayDifferencePercent = delay,
                Seconds = result.Seconds,
                Reason = string.Create(CultureInfo.InvariantCulture, $"every delay within {settings.JudgedPercent:G3} % and every settled output within {MostFinalVolts:G3} V: {(agrees ? "yes" : "no")}"),
            };
        }
        catch (CircuitSimException e)
        {
            return check with { Status = e is EngineException { IsTimeout: true } ? SpiceCheckStatus.TimedOut : SpiceCheckStatus.CouldNotRun, Reason = e.Message.TrimEnd('.') };
        }
    }
}
