namespace CircuitSim.Export.Figures;

/// <summary>Draws <see cref="IntervalChart"/>.</summary>
internal static class IntervalDrawing
{
    private const double RowPixels = 34;
    private const double BarPixels = 16;
    private const int NameCharacters = 28;

    public static void Draw(IntervalChart chart, MarkupWriter svg, bool isStandalone)
    {
        FigureChecks.NotEmpty($"'{chart.Heading.Title}'", chart.Bars.Count);
        double[] all = [.. chart.Bars.SelectMany(b => new[] { b.Value, b.Lower ?? b.Value, b.Upper ?? b.Value })];
        FigureChecks.Finite($"'{chart.Heading.Title}'", all);

        double nameWidth = chart.Bars.Max(b => FigureText.Width(FigureText.Shorten(b.Name, NameCharacters)));
        double valueWidth = chart.Bars.Max(b => 1.1 * FigureText.Width(b.ValueText));
        double left = 10 + nameWidth + 8, right = chart.Heading.WidthPixels - valueWidth - 20;
        double top = 6, bottom = top + RowPixels * chart.Bars.Count;
        LinearScale scale = LinearScale.Covering(
            Math.Min(0, all.Min()), all.Max(), Math.Max(2, (int)((right - left) / 55)), chart.ValueAxis.Minimum, chart.ValueAxis.Maximum);
        double X(double value) => left + (value - scale.Minimum) / (scale.Maximum - scale.Minimum) * (right - left);

        svg.OpenFigure(chart.Heading, chart.Heading.WidthPixels, bottom + 44, "interval", isStandalone);
        svg.Open("g", ("class", "axes"));
        foreach (double tick in scale.Ticks)
        {
            svg.Element("line", ("class", "grid"), ("x1", X(tick)), ("x2", X(tick)), ("y1", top), ("y2", bottom));
            svg.TextElement("text", scale.Label(tick), ("x", X(tick)), ("y", bottom + 17), ("text-anchor", "middle"));
        }

        svg.Element("line", ("class", "axis"), ("x1", left), ("x2", right), ("y1", bottom), ("y2", bottom));
        svg.AxisTitle(chart.ValueAxis.Text, (left + right) / 2, bottom + 37);
        svg.Close();
        svg.Open("g", ("class", "marks"));
        for (int i = 0; i < chart.Bars.Count; i++)
        {
            IntervalBar bar = chart.Bars[i];
            double middle = top + RowPixels * (i + 0.5);
            svg.TextElement(
                "text", FigureText.Shorten(bar.Name, NameCharacters),
                ("class", "name"), ("x", left - 8), ("y", middle + 4), ("text-anchor", "end"));
            DrawBar(bar, X, scale.Minimum, middle, svg);
            svg.TextElement("text", bar.ValueText, ("class", "value"), ("x", right + 14), ("y", middle + 4));
        }

        svg.Close();
        svg.Close();
    }

    private static void DrawBar(IntervalBar bar, Func<double, double> x, double minimum, double middle, MarkupWriter svg)
    {
        string colour = FigureChecks.ColourClass(bar.ColourIndex);
        bool hasInterval = bar.Lower is not null && bar.Upper is not null;
        string title = hasInterval
            ? $"{bar.Name}: {bar.ValueText}, 95 % interval {FigureText.Short(bar.Lower!.Value)} to {FigureText.Short(bar.Upper!.Value)}"
            : $"{bar.Name}: {bar.ValueText}";
        if (minimum == 0)
        {
            svg.TitledElement(
                "rect", title, ("class", "bar " + colour),
                ("x", x(0)), ("y", middle - BarPixels / 2), ("width", x(bar.Value) - x(0)), ("height", BarPixels));
        }

        if (hasInterval)
        {
            string low = MarkupWriter.Number(x(bar.Lower!.Value)), high = MarkupWriter.Number(x(bar.Upper!.Value));
            string centre = MarkupWriter.Number(middle), cap = MarkupWriter.Number(middle - 5);
            svg.Element("path", ("class", "whisker"), ("d", $"M{low} {cap}v10M{low} {centre}H{high}M{high} {cap}v10"));
        }

        if (minimum != 0) svg.TitledElement("circle", title, ("class", "dot " + colour), ("cx", x(bar.Value)), ("cy", middle), ("r", 5.5));
    }
}
