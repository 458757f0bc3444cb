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

        double left = 10 + RowFrame.NameWidth(chart.Bars.Select(b => b.Name), NameCharacters) + 8;
        double right = chart.Heading.WidthPixels - chart.Bars.Max(b => 1.1 * FigureText.Width(b.ValueText)) - 20;
        var frame = new RowFrame(chart.ValueAxis, left, right, chart.Bars.Count, RowPixels, NameCharacters, Math.Min(0, all.Min()), all.Max());

        frame.OpenMarks(svg, chart.Heading, "interval", isStandalone);
        for (int i = 0; i < chart.Bars.Count; i++)
        {
            IntervalBar bar = chart.Bars[i];
            frame.Name(svg, i, bar.Name);
            DrawBar(bar, frame.X, frame.Scale.Minimum, frame.Middle(i), svg);
            svg.TextElement("text", bar.ValueText, ("class", "value"), ("x", right + 14), ("y", frame.Middle(i) + 4));
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
