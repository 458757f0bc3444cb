namespace CircuitSim.Export.Figures;

/// <summary>Draws <see cref="BoxChart"/>.</summary>
internal static class BoxDrawing
{
    private const double RowPixels = 30;
    private const double BoxPixels = 15;
    private const int NameCharacters = 40;

    public static void Draw(BoxChart chart, MarkupWriter svg, bool isStandalone)
    {
        Check(chart);
        double[] all = [.. chart.Boxes.SelectMany(b => b.Quantiles), .. chart.Limit is double limit ? [limit] : Array.Empty<double>()];
        double left = 18 + RowFrame.NameWidth(chart.Boxes.Select(b => b.Name), NameCharacters), right = chart.Heading.WidthPixels - 18;
        var frame = new RowFrame(chart.ValueAxis, left, right, chart.Boxes.Count, RowPixels, NameCharacters, all.Min(), all.Max());

        frame.OpenMarks(svg, chart.Heading, "box", isStandalone);
        if (chart.Limit is double drawn) frame.VerticalLine(svg, "zero", drawn);
        for (int i = 0; i < chart.Boxes.Count; i++)
        {
            frame.Name(svg, i, chart.Boxes[i].Name);
            DrawBox(chart.Boxes[i], frame.X, frame.Middle(i), svg);
        }

        svg.Close();
        svg.Close();
    }

    private static void DrawBox(Box box, Func<double, double> x, double middle, MarkupWriter svg)
    {
        string colour = FigureChecks.ColourClass(box.ColourIndex);
        string title = $"{box.Name}: median {FigureText.Short(box.Median)}, middle half {FigureText.Short(box.LowerQuartile)} to {FigureText.Short(box.UpperQuartile)}, "
            + $"5 % to 95 % {FigureText.Short(box.Low)} to {FigureText.Short(box.High)}, extremes {FigureText.Short(box.Minimum)} and {FigureText.Short(box.Maximum)}";
        string low = MarkupWriter.Number(x(box.Low)), high = MarkupWriter.Number(x(box.High));
        string centre = MarkupWriter.Number(middle), cap = MarkupWriter.Number(middle - 5);
        svg.Element("path", ("class", "whisker"), ("d", $"M{low} {cap}v10M{low} {centre}H{high}M{high} {cap}v10"));
        svg.TitledElement(
            "rect", title, ("class", "bar " + colour),
            ("x", x(box.LowerQuartile)), ("y", middle - BoxPixels / 2),
            // A box of equal quartiles would be invisible.
            ("width", Math.Max(1, x(box.UpperQuartile) - x(box.LowerQuartile))), ("height", BoxPixels));
        svg.Element("line", ("class", "median"), ("x1", x(box.Median)), ("x2", x(box.Median)), ("y1", middle - BoxPixels / 2), ("y2", middle + BoxPixels / 2));
        foreach (double extreme in new[] { box.Minimum, box.Maximum })
            svg.Element("circle", ("class", "dot " + colour), ("cx", x(extreme)), ("cy", middle), ("r", 2.2));
    }

    private static void Check(BoxChart chart)
    {
        FigureChecks.NotEmpty($"'{chart.Heading.Title}'", chart.Boxes.Count);
        foreach (Box box in chart.Boxes)
        {
            double[] quantiles = box.Quantiles;
            FigureChecks.Finite($"'{box.Name}'", quantiles);
            for (int i = 1; i < quantiles.Length; i++)
                if (quantiles[i] < quantiles[i - 1]) throw new ArgumentException($"The quantiles of '{box.Name}' do not rise.", nameof(chart));
        }
    }
}
