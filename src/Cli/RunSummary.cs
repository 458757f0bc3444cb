using System.Globalization;
using CircuitSim.Export.ArchitectureAware;
using CircuitSim.Export.ExSitu;
using CircuitSim.Export.InSitu;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli;

/// <summary>A run's result as text for a person.</summary>
internal static class RunSummary
{
    internal static void Write(TextWriter output, RunPipeline pipeline, FidelityDocument? document)
    {
        if (pipeline.InSitu is { } inSitu && pipeline.LastStage >= RunStage.Check)
        {
            WriteInSitu(output, pipeline, inSitu);
            return;
        }

        if (pipeline.Study is { } study && pipeline.LastStage >= RunStage.Check)
        {
            WriteStudy(output, pipeline, study);
            return;
        }

        if (pipeline.Arrays is { } arrays && pipeline.LastStage >= RunStage.Check)
        {
            WriteArrays(output, pipeline, arrays);
            return;
        }

        if (document is null || pipeline.LastStage < RunStage.Check)
        {
            output.Write($"{pipeline.LastStage.ToString().ToLowerInvariant()} done: {pipeline.Folder.Root}\n");
            return;
        }

        Line(output, $"{document.Name}: {Outcome(document.Verdict)}. {document.Verdict.Summary}");
        WriteAccuracies(output, document.Accuracies);
        output.Write("\nattribution, outputs of the last layer against the trained network\n");
        foreach (AttributionStep s in document.Attribution)
            Line(output, $"  {s.Name,-34} {s.AccuracyPercent,6:F2} %  rms {s.OutputRmsMillivolts,8:F3} mV  worst {s.OutputWorstMillivolts,8:F3} mV");
        WriteLeftOut(output, document.SkippedEffects.Where(e => e.Effect is null).Select(e => e.Reason));
        WriteVerdict(output, pipeline, document.Verdict);
    }

    private static void WriteInSitu(TextWriter output, RunPipeline pipeline, InSituDocument document)
    {
        Line(output, $"{document.Name}: {Outcome(document.Verdict)}. {document.Verdict.Summary}");
        WriteAccuracies(output, document.Accuracies);
        output.Write("\nattribution, sums of the last layer against the trained devices\n");
        foreach (InSituStep s in document.Attribution)
            Line(output, $"  {s.Name,-34} {s.AccuracyPercent,6:F2} %  rms {s.SumRms,8:F4}  worst {s.SumWorst,8:F4}");
        if (document.Updates is { } u)
            Line(output, $"\nupdates of the first layer: {u.Count}, relative error {u.RelativeError:G3}");
        WriteVerdict(output, pipeline, document.Verdict);
    }

    private static void WriteStudy(TextWriter output, RunPipeline pipeline, StudyDocument document)
    {
        Line(output, $"{document.Name}: {Outcome(document.Verdict)}. {document.Verdict.Summary}");
        WriteAccuracies(output, document.Accuracies);
        foreach (StudyTable table in document.Tables)
        {
            output.Write($"\n{table.Caption}\n");
            int[] widths = [.. table.Columns.Select((c, i) => table.Rows.Select(r => r[i].Length).Append(c.Length).Max())];
            foreach (IReadOnlyList<string> row in table.Rows.Prepend(table.Columns))
                output.Write($"  {string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()}\n");
        }

        WriteLeftOut(output, document.LeftOut);
        WriteVerdict(output, pipeline, document.Verdict);
    }

    private static void WriteArrays(TextWriter output, RunPipeline pipeline, ArrayDocument document)
    {
        Line(output, $"{document.Name}: {Outcome(document.Verdict)}. {document.Verdict.Summary}");
        output.Write("\ntrainings, each on the arrays it is for\n");
        foreach (ArrayTrainingResult t in document.Trainings) Line(output, $"  {t.Name,-24} level {t.Level}  {t.TestPercent,6:F2} %");
        output.Write("\nfigures: median over chips, distance of the quartiles\n");
        foreach (ArrayPoint p in document.Points)
            Line(output, $"  {p.Figure,-4} {p.Training,-24} level {p.Level}  {p.WeightBits,2} bits  on/off {p.OnOffRatio,-5}  variation {100 * p.Variation,5:F2} %  {p.MedianPercent,6:F2} %  {p.SpreadPercent,5:F2}");
        foreach (ArrayWirePoint w in document.Wires) Line(output, $"  exact wires of {w.SegmentOhms} ohms: {w.Percent:F2} %");
        WriteVerdict(output, pipeline, document.Verdict);
    }

    private static void WriteLeftOut(TextWriter output, IEnumerable<string> sentences)
    {
        string[] all = [.. sentences];
        if (all.Length > 0) output.Write("\nwarning: the circuit does not contain all that the device card states\n");
        foreach (string sentence in all) Line(output, $"  {sentence}");
    }

    private static void WriteAccuracies(TextWriter output, IReadOnlyList<ModelAccuracy> accuracies)
    {
        output.Write("\naccuracy\n");
        foreach (ModelAccuracy a in accuracies)
            Line(output, $"  {a.Name,-34} {a.DataPart,-9} {a.Percent,6:F2} %  ({a.CorrectCount}/{a.SampleCount}, 95 %: {a.Lower95Percent:F1} to {a.Upper95Percent:F1})");
    }

    private static void WriteVerdict(TextWriter output, RunPipeline pipeline, FidelityVerdict verdict)
    {
        output.Write("\nlimits\n");
        foreach (FidelityLimit l in verdict.Limits)
            Line(output, $"  {(l.Passed ? "ok  " : l.IsJudged ? "MISS" : "OPEN")} {l.Name}: {Show(l.Measured)} {l.Unit}, limit {l.Limit:G4} {l.Unit}{(l.JudgedBy is null ? l.IsJudged ? "" : ", NOT JUDGED" : $", judged by {l.JudgedBy}")}");
        output.Write("\nverified\n");
        foreach (string sentence in verdict.Verified) Line(output, $"  {sentence}");
        foreach (string sentence in verdict.NotVerified) Line(output, $"  not verified: {sentence}");
        output.Write($"\nreport: {pipeline.Folder.Report}\n");
    }

    private static string Outcome(FidelityVerdict verdict) => verdict.Passed ? "PASSED" : verdict.IsUnjudged ? "NOT JUDGED" : "FAILED";

    private static string Show(double? value) => value is double v ? v.ToString("G4", CultureInfo.InvariantCulture) : "not measured";

    private static void Line(TextWriter output, FormattableString text) => output.Write(text.ToString(CultureInfo.InvariantCulture) + "\n");
}
