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

        (double xLow, double xHigh, double yLow, double yHigh) = (chart.XValues.Min(), chart.XValues.Max(), chart.YValues.Min(), chart.YValues.Max());
        if (chart.HasDiagonal) (xLow, xHigh, yLow, yHigh) = (Math.Min(xLow, yLow), Math.Max(xHigh, yHigh), Math.Min(xLow, yLow), Math.Max(xHigh, yHigh));
        else (yLow, yHigh) = (Math.Min(0, yLow), Math.Max(0, yHigh));
        var frame = new PlotFrame(
            chart.Heading, chart.XAxis, chart.YAxis, AxisSpan.Tight(xLow, xHigh, 0.04), AxisSpan.Tight(yLow, yHigh, chart.HasDiagonal ? 0.04 : 0.06));
        svg.OpenFigure(chart.Heading, chart.Heading.WidthPixels, chart.Heading.HeightPixels, "scatter", isStandalone);
        frame.OpenMarks(svg);
        (double from, double to) = chart.HasDiagonal ? (frame.Y(xLow), frame.Y(xHigh)) : (frame.Y(0), frame.Y(0));
        (double left, double right) = chart.HasDiagonal ? (frame.X(xLow), frame.X(xHigh)) : (frame.Left, frame.Right);
        svg.Element("line", ("class", "zero"), ("x1", left), ("x2", right), ("y1", from), ("y2", to));
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
