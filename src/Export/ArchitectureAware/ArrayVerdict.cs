using System.Globalization;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Holds an architecture-aware run against the limits of its experiment.</summary>
internal static class ArrayVerdict
{
    internal static FidelityVerdict Judge(ArraySettings settings, IReadOnlyList<ArrayTrainingResult> trainings, IReadOnlyList<ArrayTileCheck> tiles)
    {
        var limits = new List<FidelityLimit>();
        ArrayTrainingResult first = trainings[0];
        if (settings.LeastPercent is { } least)
        {
            limits.Add(new FidelityLimit
            {
                Name = "floating_point_percent",
                Description = $"Accuracy of '{first.Name}'",
                Limit = least,
                Measured = first.TestPercent,
                Unit = "%",
                Passed = first.TestPercent >= least,
                Explanation = "Share of the test images after the last epoch; at least the limit.",
            });
        }

        ArrayTrainingResult? judged = trainings.FirstOrDefault(t => t.Name == settings.Judged);
        if (settings.DropPercent is { } most && judged is not null)
        {
            limits.Add(RunVerdict.AccuracyDrop(most, first.TestPercent - judged.TestPercent, $"Accuracy lost from '{first.Name}' to '{judged.Name}'",
                "Each on the arrays it was trained for, on the same test images."));
        }

        ArrayTileCheck[] ran = [.. tiles.Where(t => t.Status is SpiceCheckStatus.Verified or SpiceCheckStatus.Failed)];
        bool isComplete = tiles.Count > 0 && ran.Length == tiles.Count;
        string judges = string.Join(" and ", ran.Select(t => t.Engine).Distinct());
        if (settings.SpiceRelative is { } relative)
        {
            bool isKept = Array.TrueForAll(ran, t => t.Status == SpiceCheckStatus.Verified), isJudged = ran.Length > 0 && (isComplete || !isKept);
            limits.Add(new FidelityLimit
            {
                Name = "spice_relative",
                Description = "Largest difference of a partial sum from another solver, over the array's largest",
                Limit = relative,
                Measured = ran.Length > 0 && Array.TrueForAll(ran, t => t.SpiceRelative is not null) ? ran.Max(t => t.SpiceRelative) : null,
                Unit = "",
                Passed = isJudged && isKept,
                IsJudged = isJudged,
                JudgedBy = isJudged ? judges : null,
                Explanation = isJudged ? $"Excerpts of {ran.Length} arrays, solved from the decks' text by {judges}." : "No solver gave the sums of every excerpt; see what was not verified.",
            });
        }

        List<string> verified = [], notVerified = [];
        if (tiles.Count > 0)
            verified.Add(string.Create(CultureInfo.InvariantCulture, $"Partial sums of {tiles.Count} whole arrays, every wire segment: reduced crossbar and direct solver differ by {tiles.Max(t => t.DirectRelative):G2} of the largest at most."));
        if (ran.Length > 0 && Array.TrueForAll(ran, t => t.Status == SpiceCheckStatus.Verified))
            verified.Add(string.Create(CultureInfo.InvariantCulture, $"Verified in parts by {judges}: partial sums of excerpts of {ran.Length} arrays within {ran.Max(t => t.SpiceRelative):G2} of the largest."));
        foreach (ArrayTileCheck t in tiles.Where(t => t.Status != SpiceCheckStatus.Verified)) notVerified.Add($"{t.Name} in {t.Engine ?? "another solver"}: {t.Reason}.");
        bool isMissed = limits.Any(l => l is { Passed: false, IsJudged: true }) || ran.Any(t => t.Status == SpiceCheckStatus.Failed);
        bool isUnjudged = limits.Any(l => !l.IsJudged) || tiles.Any(t => t.Status is SpiceCheckStatus.TimedOut or SpiceCheckStatus.CouldNotRun);
        string after = judged is null ? "" : string.Create(CultureInfo.InvariantCulture, $", '{judged.Name}' {judged.TestPercent:F2} % on its arrays");
        return new FidelityVerdict
        {
            Passed = !isMissed && !isUnjudged,
            IsUnjudged = !isMissed && isUnjudged,
            Summary = string.Create(CultureInfo.InvariantCulture, $"'{first.Name}' classifies {first.TestPercent:F2} % of the test images{after}."),
            Limits = limits,
            Verified = verified,
            NotVerified = notVerified,
        };
    }
}
