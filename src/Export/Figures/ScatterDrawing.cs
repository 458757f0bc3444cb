using System.Text;

namespace CircuitSim.Export.Figures;

/// <summary>Draws <see cref="ScatterChart"/>.</summary>
internal static class ScatterDrawing
{
    public static void Draw(ScatterChart chart, MarkupWriter svg, bool isStandalone)
    {
        FigureChecks.NotEmpty($"'{chart.Heading.Title}'", chart.XValues.Count);
        FigureChecks.Lengths($"'{chart.Heading.Title}'", chart.XValues.Count, chart.YValues.Count);
        FigureChecks.Finite($"'{chart.Heading.Title}'", chart.XValues.Concat(chart.YValues));

        var frame = new PlotFrame(
            chart.Heading, chart.XAxis, chart.YAxis,
            AxisSpan.Tight(chart.XValues.Min(), chart.XValues.Max(), 0.04),
            AxisSpan.Tight(Math.Min(0, chart.YValues.Min()), Math.Max(0, chart.YValues.Max()), 0.06));
        svg.OpenFigure(chart.Heading, chart.Heading.WidthPixels, chart.Heading.HeightPixels, "scatter", isStandalone);
        frame.OpenMarks(svg);
        svg.Element("line", ("class", "zero"), ("x1", frame.Left), ("x2", frame.Right), ("y1", frame.Y(0)), ("y2", frame.Y(0)));
        // One path with a round cap per point is a quarter of the size of as many circles.
        var path = new StringBuilder();
        for (int i = 0; i < chart.XValues.Count; i++)
        {
            path.Append('M').Append(MarkupWriter.Number(frame.X(chart.XValues[i]))).Append(' ')
                .Append(MarkupWriter.Number(frame.Y(chart.YValues[i]))).Append("h0");
        }

        svg.Element("path", ("class", "points " + FigureChecks.ColourClass(chart.ColourIndex)), ("d", path.ToString()));
        svg.Close();
        svg.Close();
    }
}
