using System.Globalization;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Figures of an architecture-aware run: lines over the on/off ratio, boxes over chips, bars for the rest.</summary>
internal static class ArrayFigures
{
    internal static IEnumerable<NamedFigure> All(ArrayDocument document)
    {
        yield return new NamedFigure("training", Training(document));
        foreach (IGrouping<string, ArrayPoint> group in document.Points.GroupBy(p => p.Figure)) yield return new NamedFigure($"figure-{group.Key}", Published(document, [.. group]));
        if (document.Wires.Count > 0) yield return new NamedFigure("wires", Wires(document));
    }

    internal static string Label(ArrayPoint point, IReadOnlyList<ArrayPoint> among)
    {
        var parts = new List<string> { point.Training };
        Add(p => p.Level, $"level {point.Level}");
        Add(p => p.WeightBits, $"{point.WeightBits} bits");
        Add(p => p.OnOffRatio, string.Create(CultureInfo.InvariantCulture, $"on/off {point.OnOffRatio:R}"));
        Add(p => p.Variation, string.Create(CultureInfo.InvariantCulture, $"σ {100 * point.Variation:G3} %"));
        Add(p => p.Converter, point.Converter ?? "exact sums");
        Add(p => p.Offset, $"offset {point.Offset}");
        return string.Join(", ", parts);

        void Add<T>(Func<ArrayPoint, T> of, string text)
        {
            if (among.Select(of).Distinct().Count() > 1) parts.Add(text);
        }
    }

    private static Figure Published(ArrayDocument document, ArrayPoint[] points)
    {
        string title = $"Figure {points[0].Figure}: {document.Network} on {document.DataSet}";
        if (points.Any(p => p.Percent.Count > 1)) return Boxes(document, points, title);
        return points.Select(p => p.OnOffRatio).Distinct().Count(r => r is not null) > 2 ? Lines(points, title) : Bars(points, title);
    }

    private static BoxChart Boxes(ArrayDocument document, ArrayPoint[] points, string title)
    {
        double reference = document.Trainings[0].TestPercent;
        return new BoxChart
        {
            Heading = new FigureHeading
            {
                Title = title,
                Description = string.Create(CultureInfo.InvariantCulture, $"Accuracy of {points.Max(p => p.Percent.Count)} programmed chips a box on {points[0].ImageCount} test images; the line is '{document.Trainings[0].Name}' in floating point, {reference:F2} %."),
                WidthPixels = 640,
            },
            ValueAxis = new FigureAxis { Label = "Accuracy", Unit = "%" },
            Boxes = [.. points.Select((p, i) => new Box
            {
                Name = Label(p, points),
                Minimum = p.Quantile(0),
                Low = p.Quantile(0.05),
                LowerQuartile = p.Quantile(0.25),
                Median = p.Quantile(0.5),
                UpperQuartile = p.Quantile(0.75),
                High = p.Quantile(0.95),
                Maximum = p.Quantile(1),
                ColourIndex = Colour(points, i),
            })],
            Limit = reference,
        };
    }

    private static LineChart Lines(ArrayPoint[] points, string title)
    {
        IGrouping<string, ArrayPoint>[] groups = [.. points.Where(p => p.OnOffRatio is not null).GroupBy(p => Label(p with { OnOffRatio = null }, [.. points.Select(q => q with { OnOffRatio = null })]))];
        return new LineChart
        {
            Heading = new FigureHeading { Title = title, Description = $"Accuracy on {points[0].ImageCount} test images over the on/off ratio of the devices.", WidthPixels = 560, HeightPixels = 340 },
            XAxis = new FigureAxis { Label = "log10 of the on/off ratio", Unit = "" },
            YAxis = new FigureAxis { Label = "Accuracy", Unit = "%" },
            Series = [.. groups.Select((g, i) => new LineSeries
            {
                Name = g.Key,
                XValues = [.. g.OrderBy(p => p.OnOffRatio).Select(p => Math.Log10(p.OnOffRatio!.Value))],
                YValues = [.. g.OrderBy(p => p.OnOffRatio).Select(p => p.Percent[0])],
                ColourIndex = i % SvgFigure.PaletteSize,
                IsDashed = i % 2 == 1,
            })],
        };
    }

    private static IntervalChart Bars(ArrayPoint[] points, string title)
    {
        return new IntervalChart
        {
            Heading = new FigureHeading { Title = title, Description = $"Accuracy on {points[0].ImageCount} test images with exact 95 % intervals.", WidthPixels = 640 },
            ValueAxis = new FigureAxis { Label = "Accuracy", Unit = "%", Minimum = 0, Maximum = 100 },
            Bars = [.. points.Select((p, i) =>
            {
                (double lower, double upper) = ExactInterval.Share((int)Math.Round(p.Percent[0] / 100 * p.ImageCount), p.ImageCount);
                return new IntervalBar
                {
                    Name = Label(p, points),
                    Value = p.Percent[0],
                    Lower = 100 * lower,
                    Upper = 100 * upper,
                    ValueText = string.Create(CultureInfo.InvariantCulture, $"{p.Percent[0]:F2} %"),
                    ColourIndex = Colour(points, i),
                };
            })],
        };
    }

    private static LineChart Training(ArrayDocument document)
    {
        return new LineChart
        {
            Heading = new FigureHeading { Title = $"Training of {document.Network}", Description = "Test accuracy after each epoch, each training on the arrays it is for.", WidthPixels = 560, HeightPixels = 340 },
            XAxis = new FigureAxis { Label = "Epoch", Unit = "", HasWholeTicks = true },
            YAxis = new FigureAxis { Label = "Accuracy", Unit = "%" },
            Series = [.. document.Trainings.Select((t, i) => new LineSeries
            {
                Name = t.Name,
                XValues = [.. t.History.Select(h => (double)h.Epoch)],
                YValues = [.. t.History.Select(h => 100 * h.TestAccuracy)],
                ColourIndex = i % SvgFigure.PaletteSize,
                IsDashed = i >= SvgFigure.PaletteSize,
            })],
        };
    }

    private static LineChart Wires(ArrayDocument document)
    {
        return new LineChart
        {
            Heading = new FigureHeading { Title = $"Exact wires of {document.Network}", Description = $"Accuracy on {document.Wires[0].ImageCount} test images, every wire segment of every array solved." },
            XAxis = new FigureAxis { Label = "Wire segment", Unit = "Ω" },
            YAxis = new FigureAxis { Label = "Accuracy", Unit = "%" },
            Series = [new LineSeries { Name = "with wires", XValues = [.. document.Wires.Select(w => w.SegmentOhms)], YValues = [.. document.Wires.Select(w => w.Percent)], ColourIndex = 0 }],
        };
    }

    private static int Colour(ArrayPoint[] points, int i) =>
        Array.IndexOf([.. points.Select(p => p.Training).Distinct()], points[i].Training) % SvgFigure.PaletteSize;
}
