using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Engines;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli;

/// <summary>Runs exported decks again, prints what differs from the run, and turns it into an exit code.</summary>
internal static class RecheckOutput
{
    internal static int Execute(CliContext context, ParseResult parsed, IDeckEngine engine, RunFolder folder, CancellationToken cancellation)
    {
        RunServices services = RunOutput.Services(context, parsed);
        IReadOnlyList<DeckRecheck> decks = [];
        string version = engine.Version;
        ProgressDisplay.Show(context, parsed.GetValue(SharedOptions.Quiet), parsed.GetValue(SharedOptions.Verbose),
            progress => decks = RunPipeline.Open(folder, services with { Progress = progress }).Recheck(engine, cancellation));
        bool isPassed = decks.All(d => d.Passed);
        if (parsed.GetValue(SharedOptions.Json))
        {
            context.Output.Write(JsonSerializer.Serialize(
                new { schemaVersion = 1, run = folder.Root, engine = engine.Name, version, passed = isPassed, decks }, FidelityJson.Options) + "\n");
        }
        else
        {
            WriteText(context.Output, decks, version);
        }

        return isPassed ? ExitCode.Done : ExitCode.LimitMissed;
    }

    private static void WriteText(TextWriter output, IReadOnlyList<DeckRecheck> decks, string version)
    {
        foreach (DeckRecheck deck in decks)
        {
            if (deck.Passed)
            {
                Line(output, deck.Status == SpiceCheckStatus.Refused
                    ? $"same  {deck.File}: every statement is the run's; not run: {deck.Reason}"
                    : (FormattableString)$"ok    {deck.File}: {deck.ComparedCount} voltages within {deck.WorstVolts:G2} V{Delay(deck)}");
                continue;
            }

            string count = deck.Differences.Count switch { 0 => "", 1 => "1 statement is not the run's; ", int n => $"{n} statements are not the run's; " };
            Line(output, $"WRONG {deck.File}: {count}{Outcome(deck)}{Delay(deck)}");
            foreach (DeckDifference difference in deck.Differences) Line(output, $"      {difference.Sentence}");
            if (deck.WorstVolts is double volts) Line(output, $"      {deck.WorstNodeName} is farthest from the run's solution, by {volts:G3} V");
        }

        int wrong = decks.Count(d => !d.Passed), ran = decks.Count(d => d.Passed && d.Status == SpiceCheckStatus.Verified);
        double? worst = decks.Where(d => d.Passed && d.DelayDifferencePercent is null).Max(d => d.WorstVolts);
        Line(output, $"\n{decks.Count} decks: {ran} agree with {version}{(worst is double w ? string.Create(CultureInfo.InvariantCulture, $" on every node within {w:G2} V") : "")}, {decks.Count - ran - wrong} are too large for it and unchanged, {wrong} are wrong");
    }

    private static string Outcome(DeckRecheck deck) => deck.Status switch
    {
        SpiceCheckStatus.TimedOut => $"timed out: {deck.Reason}",
        SpiceCheckStatus.CouldNotRun => $"could not be run: {deck.Reason}",
        _ => deck.Reason,
    };

    private static string Delay(DeckRecheck deck) => deck.DelayDifferencePercent is double percent
        ? string.Create(CultureInfo.InvariantCulture, $", delays within {percent:G2} %")
        : "";

    private static void Line(TextWriter output, FormattableString text) => output.Write(text.ToString(CultureInfo.InvariantCulture) + "\n");
}
