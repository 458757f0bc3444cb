using System.Globalization;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Runs;

namespace CircuitSim.Export.Sweep;

/// <summary>Figures of a sweep: distribution of accuracy at every point, box plots over each grid, and yield.</summary>
internal static class SweepFigures
{
    // Six colours, plain and dashed.
    private const int MostLines = 2 * SvgFigure.PaletteSize;

    private static readonly FigureAxis AccuracyAxis = new() { Label = "Accuracy", Unit = "%" };

    internal static void Write(
        SweepFolder folder, SweepSettings sweep, IReadOnlyList<PointSummary> points, IReadOnlyList<(ChipRecord Record, bool? IsGood)> chips)
    {
        Dictionary<int, double[]> accuracies = chips.GroupBy(c => c.Record.Point)
            .ToDictionary(g => g.Key, g => g.Select(c => c.Record.AccuracyPercent).Order().ToArray());
        foreach (PointSummary point in points)
            Write(folder, $"accuracy-point{point.Point.Index}", Histogram(point, accuracies[point.Point.Index], chips));
        foreach (IGrouping<int, PointSummary> grid in points.GroupBy(p => p.Point.Grid))
        {
            PointSummary[] all = [.. grid];
            Write(folder, $"accuracy-grid{grid.Key}", Boxes(all));
            PointSummary[][] parts = [.. all.Chunk(MostLines)];
            for (int part = 0; part < parts.Length; part++)
            {
                PointSummary[] lines = parts[part];
                Write(folder, $"yield-grid{grid.Key}{(parts.Length == 1 ? "" : $"-{part + 1}")}", YieldCurve(lines, accuracies));
            }

            if (sweep.Yield is not null) Write(folder, $"yield-at-limit-grid{grid.Key}", YieldBars(all));
        }
    }

    private static void Write(SweepFolder folder, string name, Figure figure) => FigureFiles.Write(folder.Figures, new NamedFigure(name, figure));

    // A bin holds what lies around a whole number of samples, so that no bin is empty for want of a value it could hold.
    private static HistogramChart Histogram(PointSummary point, double[] sorted, IReadOnlyList<(ChipRecord Record, bool? IsGood)> chips)
    {
        const int mostBins = 40;
        int samples = chips.First(c => c.Record.Point == point.Point.Index).Record.SampleCount;
        double step = 100.0 / samples;
        int lowest = (int)Math.Round(sorted[0] / step), highest = (int)Math.Round(sorted[^1] / step);
        int each = (highest - lowest) / mostBins + 1, bins = (highest - lowest) / each + 1;
        var counts = new int[bins];
        foreach (double accuracy in sorted) counts[((int)Math.Round(accuracy / step) - lowest) / each]++;
        return new HistogramChart
        {
            Heading = Heading($"Accuracy of chips, {point.Point.Label}",
                $"Histogram of the accuracy of {point.ChipCount} chips: median {Percent(point.AccuracyPercent.Quantile50)}, 5 % to 95 % {Percent(point.AccuracyPercent.Quantile05)} to {Percent(point.AccuracyPercent.Quantile95)}; the trained network has {Percent(point.TrainedAccuracyPercent)}."),
            XAxis = AccuracyAxis,
            YAxis = new FigureAxis { Label = "Chips", Unit = "", HasWholeTicks = true },
            Edges = [.. Enumerable.Range(0, bins + 1).Select(i => (lowest + i * each - 0.5) * step)],
            Counts = counts,
        };
    }

    private static BoxChart Boxes(PointSummary[] points)
    {
        string[] varied = [.. points.SelectMany(p => p.Point.Values).Distinct().GroupBy(v => v.Key).Where(g => g.Count() > 1).Select(g => g.Key)];
        KeyValuePair<string, string>[] common = [.. points[0].Point.Values.Where(v => !varied.Contains(v.Key))];
        string fixedText = common.Length == 0 ? "" : $" at {SweepPoint.Name(common)}";
        double?[] limits = [.. points.Select(p => p.Yield?.LimitPercent).Distinct()];
        return new BoxChart
        {
            Heading = Heading($"Accuracy of chips over the grid{fixedText}",
                $"Box plots of the accuracy of chips at {points.Length} points. Box: middle half; line: median; whiskers: 5 % to 95 %; dots: extremes.", 560),
            ValueAxis = AccuracyAxis,
            Boxes = [.. points.Select(p => BoxOf(varied.Length == 0 ? p.Point.Label : SweepPoint.Name(p.Point.Values.Where(v => varied.Contains(v.Key))), p.AccuracyPercent))],
            Limit = limits.Length == 1 ? limits[0] : null,
        };
    }

    private static Box BoxOf(string name, Distribution d) => new()
    {
        Name = name,
        Minimum = d.Minimum,
        Low = d.Quantile05,
        LowerQuartile = d.Quantile25,
        Median = d.Quantile50,
        UpperQuartile = d.Quantile75,
        High = d.Quantile95,
        Maximum = d.Maximum,
    };

    // Share of the chips that reach an accuracy: a staircase that falls after each chip's own.
    private static LineChart YieldCurve(PointSummary[] points, Dictionary<int, double[]> accuracies) => new()
    {
        Heading = Heading("Yield against the limit",
            $"Share of chips that reach an accuracy, for {points.Length} points of the grid.", 560, 320),
        XAxis = new FigureAxis { Label = "Least accuracy of a good chip", Unit = "%" },
        YAxis = new FigureAxis { Label = "Yield", Unit = "%", Minimum = 0, Maximum = 100 },
        Series = [.. points.Select((p, i) => Staircase(p.Point.Label, accuracies[p.Point.Index], i, points.Min(q => q.AccuracyPercent.Minimum), points.Max(q => q.AccuracyPercent.Maximum)))],
    };

    private static LineSeries Staircase(string name, double[] sorted, int index, double from, double to)
    {
        var x = new List<double> { from };
        var y = new List<double> { 100 };
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i + 1 < sorted.Length && sorted[i + 1] == sorted[i]) continue;
            x.AddRange([sorted[i], sorted[i]]);
            y.AddRange([y[^1], 100.0 * (sorted.Length - i - 1) / sorted.Length]);
        }

        x.Add(to);
        y.Add(0);
        return new LineSeries
        {
            Name = name,
            XValues = x,
            YValues = y,
            ColourIndex = index % SvgFigure.PaletteSize,
            IsDashed = index >= SvgFigure.PaletteSize,
        };
    }

    private static IntervalChart YieldBars(PointSummary[] points) => new()
    {
        Heading = Heading("Yield at the limit", "Share of chips that meet the limit, with exact 95 % intervals.", 560),
        ValueAxis = new FigureAxis { Label = "Yield", Unit = "%", Minimum = 0, Maximum = 100 },
        Bars =
        [
            .. points.Select(p => new IntervalBar
            {
                Name = p.Point.Label,
                Value = p.Yield!.Percent,
                Lower = p.Yield.Lower95Percent,
                Upper = p.Yield.Upper95Percent,
                ValueText = Percent(p.Yield.Percent),
            }),
        ],
    };

    private static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:F1} %");

    private static FigureHeading Heading(string title, string description, int width = 440, int height = 280) =>
        new() { Title = title, Description = description, WidthPixels = width, HeightPixels = height };
}
