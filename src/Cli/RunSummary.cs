using System.Globalization;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli;

/// <summary>A run's result as text for a person.</summary>
internal static class RunSummary
{
    internal static void Write(TextWriter output, RunPipeline pipeline, FidelityDocument? document)
    {
        if (document is null || pipeline.LastStage < RunStage.Check)
        {
            output.Write($"{pipeline.LastStage.ToString().ToLowerInvariant()} done: {pipeline.Folder.Root}\n");
            return;
        }

        Line(output, $"{document.Name}: {(document.Verdict.Passed ? "PASSED" : "FAILED")}. {document.Verdict.Summary}");
        output.Write("\naccuracy\n");
        foreach (ModelAccuracy a in document.Accuracies)
            Line(output, $"  {a.Name,-34} {a.DataPart,-9} {a.Percent,6:F2} %  ({a.CorrectCount}/{a.SampleCount}, 95 %: {a.Lower95Percent:F1} to {a.Upper95Percent:F1})");
        output.Write("\nattribution, outputs of the last layer against the trained network\n");
        foreach (AttributionStep s in document.Attribution)
            Line(output, $"  {s.Name,-34} {s.AccuracyPercent,6:F2} %  rms {s.OutputRmsMillivolts,8:F3} mV  worst {s.OutputWorstMillivolts,8:F3} mV");
        output.Write("\nlimits\n");
        foreach (FidelityLimit l in document.Verdict.Limits)
            Line(output, $"  {(l.Passed ? "ok  " : "MISS")} {l.Name}: {Show(l.Measured)} {l.Unit}, limit {l.Limit:G4} {l.Unit}");
        output.Write("\nverified\n");
        foreach (string sentence in document.Verdict.Verified) Line(output, $"  {sentence}");
        foreach (string sentence in document.Verdict.NotVerified) Line(output, $"  not verified: {sentence}");
        output.Write($"\nreport: {pipeline.Folder.Report}\n");
    }

    private static string Show(double? value) => value is double v ? v.ToString("G4", CultureInfo.InvariantCulture) : "not measured";

    private static void Line(TextWriter output, FormattableString text) => output.Write(text.ToString(CultureInfo.InvariantCulture) + "\n");
}
