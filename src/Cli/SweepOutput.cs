using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Export.Sweep;

namespace CircuitSim.Cli;

/// <summary>Runs a sweep with progress on the error stream and prints what came out.</summary>
internal static class SweepOutput
{
    internal static int Execute(
        CliContext context, ParseResult parsed, Func<RunServices, IProgress<SweepProgress>?, (SweepFolder Folder, SweepSummary? Summary)> run)
    {
        RunServices services = RunOutput.Services(context, parsed);
        (SweepFolder folder, SweepSummary? summary) = SweepDisplay.Show(context, parsed.GetValue(SharedOptions.Quiet), parsed.GetValue(SharedOptions.Verbose),
            progress => run(services, progress));
        if (parsed.GetValue(SharedOptions.Json)) WriteJson(context.Output, folder, summary);
        else WriteText(context.Output, folder, summary);
        return ExitCode.Done;
    }

    private static void WriteJson(TextWriter output, SweepFolder folder, SweepSummary? summary) => output.Write(JsonSerializer.Serialize(new
    {
        schemaVersion = 1,
        sweep = folder.Root,
        finished = summary is not null,
        name = summary?.Name,
        vectorUnits = summary?.VectorUnits,
        points = summary?.Points,
        worst = summary?.Worst,
        median = summary?.Median,
    }, FidelityJson.Options) + "\n");

    private static void WriteText(TextWriter output, SweepFolder folder, SweepSummary? summary)
    {
        if (summary is null)
        {
            output.Write($"shard done: {folder.Root}; put all shards together with 'circuitsim sweep merge'\n");
            return;
        }

        int width = Math.Max(12, summary.Points.Max(p => p.Point.Label.Length));
        output.Write($"{summary.Name}, accuracy in percent\n");
        output.Write($"  {"point".PadRight(width)}  chips  trained   median     5 %    95 %   lowest  {(summary.Points[0].Yield is null ? "" : "yield (95 %)")}\n");
        foreach (PointSummary p in summary.Points)
        {
            Distribution a = p.AccuracyPercent;
            string yield = p.Yield is { } y
                ? string.Create(CultureInfo.InvariantCulture, $"  {y.Percent:F1} % ({y.Lower95Percent:F1} to {y.Upper95Percent:F1}) at {y.LimitPercent:F2} %")
                : "";
            string failed = p.FailedCount > 0 ? string.Create(CultureInfo.InvariantCulture, $"  {p.FailedCount} without a solution") : "";
            output.Write(string.Create(CultureInfo.InvariantCulture,
                $"  {p.Point.Label.PadRight(width)}  {p.ChipCount,5}  {p.TrainedAccuracyPercent,7:F2}  {a.Quantile50,7:F2} {a.Quantile05,7:F2} {a.Quantile95,7:F2}  {a.Minimum,7:F2}{yield}{failed}\n"));
        }

        foreach ((string name, ChipRecord? chip) in new[] { ("worst", summary.Worst), ("median", summary.Median) })
        {
            if (chip is null) continue;
            output.Write(string.Create(CultureInfo.InvariantCulture,
                $"{name} chip: {chip.Chip} of point {chip.Point}, {chip.AccuracyPercent:F2} %; netlists in {Path.Combine(folder.Netlists, name)}\n"));
        }

        if (summary.VectorUnits.Count > 1)
            output.Write($"warning: chips were computed with vectors of different width ({string.Join(", ", summary.VectorUnits)}); last digits depend on it\n");
        output.Write($"one row a chip: {folder.Table}\nsummary: {folder.Summary}\nfigures: {folder.Figures}\n");
    }
}
