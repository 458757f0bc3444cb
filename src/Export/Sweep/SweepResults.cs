using System.Text.Json;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Sweep;

/// <summary>Turns the chips of a whole sweep into its files. What is written depends on the chips alone, not on their order.</summary>
internal static class SweepResults
{
    internal static SweepSummary Write(
        SweepPlan plan, SweepFolder folder, IReadOnlyList<ChipRecord> records, RunServices services, CancellationToken cancellationToken)
    {
        try
        {
            var points = new List<PointSummary>();
            var chips = new List<(ChipRecord Record, bool? IsGood)>();
            foreach (SweepPoint point in plan.Points)
            {
                int trained = plan.Tester(point, folder).TrainedCorrectCount;
                Func<ChipRecord, bool>? isGood = Judge(plan.Sweep.Yield, trained);
                ChipRecord[] all = [.. records.Where(r => r.Point == point.Index).OrderBy(r => r.Chip)];
                int? end = SweepStopRule.End(plan.Sweep.Stop, all, isGood);
                ChipRecord[] counted = end is int last ? all[..last] : all;
                chips.AddRange(counted.Select(r => (r, isGood?.Invoke(r))));
                points.Add(Summarise(plan, point, counted, trained, isGood));
            }

            SweepRows.Write(folder, plan.Points, chips);
            SweepFigures.Write(folder, plan.Sweep, points, chips);
            (ChipRecord? worst, ChipRecord? median) = Pick(chips);
            var summary = new SweepSummary
            {
                Name = plan.Experiment.Name,
                Seed = plan.Experiment.Seed,
                ProgramVersion = services.Program,
                VectorUnits = SweepManifest.Read(folder).VectorUnits,
                Points = points,
                Worst = worst,
                Median = median,
            };
            SweepNetlists.Write(plan, folder, worst, median, services, cancellationToken);
            AtomicFile.Write(folder.Summary, s => JsonSerializer.Serialize(s, summary, FidelityJson.Options));
            return summary;
        }
        catch (Exception e) when (SweepWriteException.IsCause(e))
        {
            throw new SweepWriteException(folder.Root, records.Count, e);
        }
    }

    /// <summary>Whether a chip meets the yield limit of its point; null without a limit.</summary>
    internal static Func<ChipRecord, bool>? Judge(SweepYield? yield, int trainedCorrectCount)
    {
        if (yield is null) return null;
        // Percentages of whole samples: a rounding must not fail a chip that just meets the limit.
        return record => record.AccuracyPercent >= LimitPercent(yield, trainedCorrectCount, record.SampleCount) - 1e-9;
    }

    private static double LimitPercent(SweepYield yield, int trainedCorrectCount, int sampleCount) =>
        yield.AccuracyPercent ?? 100.0 * trainedCorrectCount / sampleCount - yield.AccuracyDropPercent!.Value;

    private static PointSummary Summarise(SweepPlan plan, SweepPoint point, ChipRecord[] chips, int trained, Func<ChipRecord, bool>? isGood)
    {
        int samples = chips[0].SampleCount;
        return new PointSummary
        {
            Point = point,
            ChipCount = chips.Length,
            EndedEarly = chips.Length < plan.Sweep.Chips,
            FailedCount = chips.Count(c => c.Failure is not null),
            TrainedAccuracyPercent = 100.0 * trained / samples,
            AccuracyPercent = Distribution.Of(chips.Select(c => c.AccuracyPercent))!,
            OutputRmsMillivolts = Distribution.Of(chips.Select(c => c.OutputRmsMillivolts).OfType<double>()),
            PowerMilliwatts = Distribution.Of(chips.Select(c => c.PowerMilliwatts).OfType<double>()),
            ProgrammingRmsSiemens = Distribution.Of(chips.Select(c => c.ProgrammingRmsSiemens))!,
            MeanPulses = chips.Average(c => (double?)c.Pulses),
            MeanProgrammingJoules = chips.Average(c => c.ProgrammingJoules),
            MeanStuckCount = chips.Average(c => c.StuckCount),
            Yield = isGood is null ? null : Yield(chips.Count(isGood), chips.Length, LimitPercent(plan.Sweep.Yield!, trained, samples)),
        };
    }

    private static YieldSummary Yield(int good, int count, double limit)
    {
        (double lower, double upper) = ExactInterval.Share(good, count);
        return new YieldSummary
        {
            LimitPercent = limit,
            GoodCount = good,
            ChipCount = count,
            Percent = 100.0 * good / count,
            Lower95Percent = 100 * lower,
            Upper95Percent = 100 * upper,
        };
    }

    // Of chips of equal accuracy the one whose outputs are further off is the worse. Chips without a solution have no voltages to show.
    private static (ChipRecord? Worst, ChipRecord? Median) Pick(List<(ChipRecord Record, bool? IsGood)> chips)
    {
        ChipRecord[] sorted =
        [
            .. chips.Select(c => c.Record).Where(r => r.Failure is null)
                .OrderBy(r => r.AccuracyPercent).ThenByDescending(r => r.OutputRmsMillivolts).ThenBy(r => r.Point).ThenBy(r => r.Chip),
        ];
        return sorted.Length == 0 ? (null, null) : (sorted[0], sorted[(sorted.Length - 1) / 2]);
    }
}
