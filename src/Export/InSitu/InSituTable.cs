using System.Globalization;
using CircuitSim.Training.InSitu.Cores;

namespace CircuitSim.Export.InSitu;

/// <summary>The table of trainings as Markdown: accuracy beside the published one, and update errors.</summary>
internal static class InSituTable
{
    internal static void Write(InSituMatrixResult result, TextWriter writer)
    {
        int seeds = result.FloatingPoint.TestPercent.Count;
        string[] modes = [.. result.Configurations.Select(c => c.Mode).Distinct()];
        bool isPublished = result.DataSet == "wdbc";
        writer.Write($"# {result.Name}: test accuracy on {result.DataSet}, percent, mean ± standard deviation over {seeds} seeds\n\n");
        writer.Write(isPublished ? "In brackets: the accuracy that the paper prints, one run each (arXiv 2304.11337).\n\n" : "");
        Row(writer, ["device", .. modes]);
        Row(writer, ["---", .. modes.Select(_ => "---")]);
        foreach (IGrouping<string, InSituConfiguration> device in result.Configurations.GroupBy(c => c.Device))
            Row(writer, [device.First().Label, .. modes.Select(m => device.FirstOrDefault(c => c.Mode == m) is { } c ? Accuracy(c, isPublished) : "")]);
        writer.Write(string.Create(CultureInfo.InvariantCulture,
            $"\nFloating point, same shape, splits and budget: {result.FloatingPoint.MeanPercent:F2} ± {result.FloatingPoint.DeviationPercent:F2}.\n"));

        writer.Write("\n## Update errors of the first layer, first seed\n\n");
        writer.Write("Relative error: root mean square of real less requested change over that of the requested one. Deviation: of the error with both scaled to twice their own standard deviation.\n\n");
        Row(writer, ["device", "mode", "updates", "relative error", "deviation", "deviation up", "deviation down"]);
        Row(writer, ["---", "---", "---", "---", "---", "---", "---"]);
        foreach (InSituConfiguration c in result.Configurations)
        {
            if (c.Updates is not { } u) continue;
            Row(writer, [c.Label, c.Mode, u.Count.ToString(CultureInfo.InvariantCulture), Short(u.RelativeError), Short(u.Deviation), Short(u.IncreasingDeviation), Short(u.DecreasingDeviation)]);
        }
    }

    private static string Accuracy(InSituConfiguration c, bool isPublished)
    {
        string own = string.Create(CultureInfo.InvariantCulture, $"{c.MeanPercent:F2} ± {c.DeviationPercent:F2}");
        return isPublished && Enum.TryParse(c.Mode, ignoreCase: true, out UpdateMode mode) && PublishedAccuracies.Find(c.Device, mode) is double printed
            ? string.Create(CultureInfo.InvariantCulture, $"{own} ({printed:F1})")
            : own;
    }

    private static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static void Row(TextWriter writer, IEnumerable<string> cells) => writer.Write($"| {string.Join(" | ", cells)} |\n");
}
