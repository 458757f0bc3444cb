namespace CircuitSim.Export.Figures;

/// <summary>Draws <see cref="ConfusionChart"/>.</summary>
internal static class ConfusionDrawing
{
    private const int NameCharacters = 16;

    private const double DarkestWeakGround = 0.68, LightestStrongGround = 0.8;

    // Smaller cells cannot hold two digits.
    private const double SmallestCellWithText = 18;

    public static void Draw(ConfusionChart chart, MarkupWriter svg, bool isStandalone)
    {
        Check(chart);

        int count = chart.ClassNames.Count;
        string[] names = [.. chart.ClassNames.Select(n => FigureText.Shorten(n, NameCharacters))];
        double longest = names.Max(n => FigureText.Width(n));
        double left = 34 + longest;
        double cell = Math.Min(56, (chart.Heading.WidthPixels - left - 12) / count);
        bool isSlanted = longest > cell - 4;
        double bottom = 10 + cell * count, right = left + cell * count;
        double namesHeight = isSlanted ? 12 + 0.7 * longest : 18;

        svg.OpenFigure(chart.Heading, chart.Heading.WidthPixels, bottom + namesHeight + 24, "confusion", isStandalone);
        svg.Open("g", ("class", "marks"));
        for (int row = 0; row < count; row++)
            for (int column = 0; column < count; column++) DrawCell(chart, row, column, left, cell, svg);
        svg.Close();
        svg.Open("g", ("class", "axes"));
        for (int i = 0; i < count; i++)
        {
            double middle = cell * (i + 0.5);
            svg.TextElement("text", names[i], ("x", left - 6), ("y", 10 + middle + 4), ("text-anchor", "end"));
            if (isSlanted)
            {
                double x = left + middle + 4, y = bottom + 12;
                string turn = $"rotate(-45 {MarkupWriter.Number(x)} {MarkupWriter.Number(y)})";
                svg.TextElement("text", names[i], ("x", x), ("y", y), ("text-anchor", "end"), ("transform", turn));
            }
            else
            {
                svg.TextElement("text", names[i], ("x", left + middle), ("y", bottom + 16), ("text-anchor", "middle"));
            }
        }

        svg.AxisTitle("Chosen class", (left + right) / 2, bottom + namesHeight + 17);
        svg.VerticalAxisTitle("True class", 14, 10 + cell * count / 2);
        svg.Close();
        svg.Close();
    }

    private static void DrawCell(ConfusionChart chart, int row, int column, double left, double cell, MarkupWriter svg)
    {
        int number = chart.Counts[row][column], total = chart.Counts[row].Sum();
        double share = total == 0 ? 0 : (double)number / total;
        double x = left + cell * column, y = 10 + cell * row;
        string title = $"true {chart.ClassNames[row]}, chosen {chart.ClassNames[column]}: "
            + $"{FigureText.Whole(number)} of {FigureText.Whole(total)}";
        svg.TitledElement(
            "rect", title, ("class", "cell"), ("x", x + 0.75), ("y", y + 0.75), ("width", cell - 1.5), ("height", cell - 1.5), ("rx", 2));
        if (number == 0) return;

        // The square root keeps a single mistake among many right answers visible; between the two grounds neither dark nor light digits could be read.
        double ground = Math.Sqrt(share) is var shade && shade > DarkestWeakGround ? Math.Max(shade, LightestStrongGround) : shade;
        svg.TitledElement(
            "rect", title, ("class", row == column ? "cell-right" : "cell-wrong"), ("x", x + 0.75), ("y", y + 0.75),
            ("width", cell - 1.5), ("height", cell - 1.5), ("rx", 2), ("fill-opacity", ground));
        if (cell < SmallestCellWithText) return;

        svg.TextElement(
            "text", FigureText.Whole(number), ("class", ground > DarkestWeakGround ? "on-strong" : "on-weak"),
            ("x", x + cell / 2), ("y", y + cell / 2 + 4), ("text-anchor", "middle"));
    }

    private static void Check(ConfusionChart chart)
    {
        int count = chart.ClassNames.Count;
        FigureChecks.NotEmpty($"'{chart.Heading.Title}'", count);
        FigureChecks.Lengths($"Rows of '{chart.Heading.Title}'", count, chart.Counts.Count);
        foreach (IReadOnlyList<int> row in chart.Counts)
        {
            FigureChecks.Lengths($"A row of '{chart.Heading.Title}'", count, row.Count);
            if (row.Any(n => n < 0)) throw new ArgumentException($"'{chart.Heading.Title}' has a negative count.");
        }
    }
}
