using System.Text;

namespace CircuitSim.Export.Figures;

/// <summary>Draws <see cref="LineChart"/>.</summary>
internal static class LineDrawing
{
    private const double LegendRowPixels = 18;
    private const double LegendSamplePixels = 26;

    public static void Draw(LineChart chart, MarkupWriter svg, bool isStandalone)
    {
        foreach (LineSeries series in chart.Series) FigureChecks.Lengths($"Series '{series.Name}'", series.XValues.Count, series.YValues.Count);
        (double X, double Y)[] points = [.. chart.Series.SelectMany(s => s.XValues.Zip(s.YValues)).Where(IsFinite)];
        FigureChecks.NotEmpty($"'{chart.Heading.Title}'", points.Length);

        (double X, double Y)[] legend = LegendPlaces(chart);
        var frame = new PlotFrame(
            chart.Heading, chart.XAxis, chart.YAxis,
            AxisSpan.Tight(points.Min(p => p.X), points.Max(p => p.X)), AxisSpan.ToTicks(points.Min(p => p.Y), points.Max(p => p.Y)),
            legend[^1].Y + LegendRowPixels + 14);
        svg.OpenFigure(chart.Heading, chart.Heading.WidthPixels, chart.Heading.HeightPixels, "line", isStandalone);
        DrawLegend(chart, legend, svg);
        frame.OpenMarks(svg);
        foreach (LineSeries series in chart.Series)
        {
            svg.Element(
                "path", ("class", Classes("line", series)), ("data-name", series.Name), ("d", PathData(series, frame)));
        }

        svg.Close();
        svg.Close();
    }

    private static bool IsFinite((double X, double Y) point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private static string Classes(string kind, LineSeries series) =>
        $"{kind} {FigureChecks.ColourClass(series.ColourIndex)}{(series.IsDashed ? " dashed" : "")}";

    private static (double X, double Y)[] LegendPlaces(LineChart chart)
    {
        var places = new (double X, double Y)[chart.Series.Count];
        double x = 14, y = 4;
        for (int i = 0; i < places.Length; i++)
        {
            double width = LegendSamplePixels + FigureText.Width(chart.Series[i].Name) + 18;
            if (i > 0 && x + width > chart.Heading.WidthPixels)
            {
                x = 14;
                y += LegendRowPixels;
            }

            places[i] = (x, y);
            x += width;
        }

        return places;
    }

    private static void DrawLegend(LineChart chart, (double X, double Y)[] places, MarkupWriter svg)
    {
        svg.Open("g", ("class", "legend"));
        for (int i = 0; i < places.Length; i++)
        {
            (double x, double y) = (places[i].X, places[i].Y + 9);
            svg.Open("g", ("class", "key"));
            svg.Element("line", ("class", Classes("line", chart.Series[i])), ("x1", x), ("x2", x + LegendSamplePixels - 5), ("y1", y), ("y2", y));
            svg.TextElement("text", chart.Series[i].Name, ("x", x + LegendSamplePixels), ("y", y + 4));
            svg.Close();
        }

        svg.Close();
    }

    private static string PathData(LineSeries series, PlotFrame frame)
    {
        var path = new StringBuilder();
        bool isDown = false;
        foreach ((double X, double Y) point in series.XValues.Zip(series.YValues))
        {
            bool isFinite = IsFinite(point);
            if (isFinite)
            {
                path.Append(isDown ? 'L' : 'M').Append(MarkupWriter.Number(frame.X(point.X)))
                    .Append(' ').Append(MarkupWriter.Number(frame.Y(point.Y)));
                // A lone point would be invisible without a segment of length zero, which round caps turn into a dot.
                if (!isDown) path.Append("h0");
            }

            isDown = isFinite;
        }

        return path.ToString();
    }
}
