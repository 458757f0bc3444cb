namespace CircuitSim.Export.Figures;

/// <summary>The rectangle of a chart with its axes: places values on the drawing and draws grid, ticks and axis titles.</summary>
internal sealed class PlotFrame
{
    private const double TickGap = 6;
    private readonly FigureAxis _xAxis;
    private readonly FigureAxis _yAxis;

    public PlotFrame(FigureHeading heading, FigureAxis xAxis, FigureAxis yAxis, AxisSpan x, AxisSpan y, double top = 12)
    {
        _xAxis = xAxis;
        _yAxis = yAxis;
        Top = top;
        Bottom = heading.HeightPixels - 44;
        YScale = Scale(y, yAxis, (int)((Bottom - Top) / 38));
        Left = 30 + TickGap + YScale.Ticks.Select(t => FigureText.Width(YScale.Label(t))).DefaultIfEmpty().Max();
        Right = heading.WidthPixels - 14;
        XScale = Scale(x, xAxis, (int)((Right - Left) / 62));
    }

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    public LinearScale XScale { get; }

    public LinearScale YScale { get; }

    public double X(double value) => Left + (value - XScale.Minimum) / (XScale.Maximum - XScale.Minimum) * (Right - Left);

    public double Y(double value) => Bottom - (value - YScale.Minimum) / (YScale.Maximum - YScale.Minimum) * (Bottom - Top);

    /// <summary>Draws grid and axes and opens the group of the marks, which carries the scales that the page's script reads.</summary>
    public void OpenMarks(MarkupWriter svg)
    {
        svg.Open("g", ("class", "axes"));
        foreach (double tick in YScale.Ticks)
        {
            svg.Element("line", ("class", "grid"), ("x1", Left), ("x2", Right), ("y1", Y(tick)), ("y2", Y(tick)));
            svg.TextElement("text", YScale.Label(tick), ("x", Left - TickGap), ("y", Y(tick) + 4), ("text-anchor", "end"));
        }

        foreach (double tick in XScale.Ticks)
        {
            svg.Element("line", ("class", "tick"), ("x1", X(tick)), ("x2", X(tick)), ("y1", Bottom), ("y2", Bottom + 4));
            svg.TextElement("text", XScale.Label(tick), ("x", X(tick)), ("y", Bottom + 17), ("text-anchor", "middle"));
        }

        svg.Element("line", ("class", "axis"), ("x1", Left), ("x2", Right), ("y1", Bottom), ("y2", Bottom));
        svg.AxisTitle(_xAxis.Text, (Left + Right) / 2, Bottom + 37);
        svg.VerticalAxisTitle(_yAxis.Text, 14, (Top + Bottom) / 2);
        svg.Close();
        svg.Open(
            "g",
            ("class", "marks"),
            ("data-x", Pair(Left, Right, XScale)),
            ("data-y", Pair(Bottom, Top, YScale)),
            ("data-x-name", _xAxis.Label),
            ("data-x-unit", _xAxis.Unit),
            ("data-y-name", _yAxis.Label),
            ("data-y-unit", _yAxis.Unit));
    }

    private static LinearScale Scale(AxisSpan span, FigureAxis axis, int tickCount) => LinearScale.Covering(
        span.Low,
        span.High,
        tickCount,
        axis.Minimum ?? (span.IsTight ? span.Low : null),
        axis.Maximum ?? (span.IsTight ? span.High : null),
        axis.HasWholeTicks ? 1 : 0);

    private static string Pair(double first, double second, LinearScale scale) => FormattableString.Invariant(
        $"{MarkupWriter.Number(first)} {MarkupWriter.Number(second)} {scale.Minimum:R} {scale.Maximum:R}");
}
