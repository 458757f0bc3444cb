using System.Globalization;
using CircuitSim.Export.Comparison;

namespace CircuitSim.Cli;

/// <summary>Two runs side by side as text for a person.</summary>
internal static class ComparisonOutput
{
    internal static void Write(TextWriter output, RunComparison comparison, string page)
    {
        output.Write(comparison.Summary + "\n\nsettings that differ\n");
        foreach (SettingDifference setting in comparison.Settings) output.Write($"  {setting.Key}: {setting.First ?? "not given"} | {setting.Second ?? "not given"}\n");
        if (comparison.Settings.Count == 0) output.Write("  none\n");
        output.Write("\naccuracy, percent\n");
        foreach (AccuracyPair pair in comparison.Accuracies)
        {
            string test = pair.Paired?.McNemar is { } mcNemar ? string.Create(CultureInfo.InvariantCulture, $"  McNemar's p {mcNemar.PValue:G3}") : "";
            output.Write($"  {pair.Name,-34} {Percent(pair.First?.Percent)} | {Percent(pair.Second?.Percent)}{test}\n");
        }

        output.Write($"\n{comparison.Pairing}\n\nreport: {page}\n");
    }

    private static string Percent(double? value) => value is double percent ? percent.ToString("F2", CultureInfo.InvariantCulture).PadLeft(6) : "     –";
}
