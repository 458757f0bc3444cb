namespace CircuitSim.Export.Figures;

/// <summary>Draws <see cref="HistogramChart"/>.</summary>
internal static class HistogramDrawing
{
    public static void Draw(HistogramChart chart, MarkupWriter svg, bool isStandalone)
    {
        Check(chart);

        var frame = new PlotFrame(
            chart.Heading, chart.XAxis, chart.YAxis,
            AxisSpan.Tight(chart.Edges[0], chart.Edges[^1]), AxisSpan.ToTicks(0, Math.Max(1, chart.Counts.Max())));
        svg.OpenFigure(chart.Heading, chart.Heading.WidthPixels, chart.Heading.HeightPixels, "histogram", isStandalone);
        frame.OpenMarks(svg);
        string unit = chart.XAxis.Unit.Length == 0 ? "" : " " + chart.XAxis.Unit;
        for (int i = 0; i < chart.Counts.Count; i++)
        {
            if (chart.Counts[i] == 0) continue;

            double left = frame.X(chart.Edges[i]), top = frame.Y(chart.Counts[i]);
            svg.TitledElement(
                "rect",
                $"{FigureText.Short(chart.Edges[i])} to {FigureText.Short(chart.Edges[i + 1])}{unit}: {FigureText.Whole(chart.Counts[i])}",
                ("class", "bar " + FigureChecks.ColourClass(chart.ColourIndex)),
                ("x", left),
                ("y", top),
                ("width", frame.X(chart.Edges[i + 1]) - left),
                ("height", frame.Bottom - top));
        }

        if (frame.XScale.Minimum < 0 && frame.XScale.Maximum > 0)
            svg.Element("line", ("class", "zero"), ("x1", frame.X(0)), ("x2", frame.X(0)), ("y1", frame.Top), ("y2", frame.Bottom));
        svg.Close();
        svg.Close();
    }

    private static void Check(HistogramChart chart)
    {
        FigureChecks.NotEmpty($"'{chart.Heading.Title}'", chart.Counts.Count);
        FigureChecks.Lengths($"Edges of '{chart.Heading.Title}'", chart.Counts.Count + 1, chart.Edges.Count);
        FigureChecks.Finite($"Edges of '{chart.Heading.Title}'", chart.Edges);
        for (int i = 0; i < chart.Counts.Count; i++)
        {
            if (!(chart.Edges[i + 1] > chart.Edges[i])) throw new ArgumentException($"Edges of '{chart.Heading.Title}' do not rise at bin {i}.");
            if (chart.Counts[i] < 0) throw new ArgumentException($"'{chart.Heading.Title}' has a negative count in bin {i}.");
        }
    }
}
