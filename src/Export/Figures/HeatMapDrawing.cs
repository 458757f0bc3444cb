namespace CircuitSim.Export.Figures;

/// <summary>Draws <see cref="HeatMap"/>.</summary>
internal static class HeatMapDrawing
{
    private const double ScaleBarPixels = 14;
    private const double TopPixels = 10;
    private const double SmallestSecondSide = 0.1;

    public static void Draw(HeatMap map, MarkupWriter svg, bool isStandalone)
    {
        ReadOnlySpan<double> values = map.Values.Span;
        FigureChecks.Lengths($"'{map.Heading.Title}'", checked(map.Rows * map.Columns), values.Length);
        foreach (double value in values)
            if (double.IsInfinity(value)) throw new ArgumentException($"'{map.Heading.Title}' holds an infinity.");

        (double low, double high) = Range(values);
        // A little noise below zero does not make a quantity two-sided.
        bool isDiverging = low < 0 && high > 0 && Math.Min(-low, high) > SmallestSecondSide * Math.Max(-low, high);
        if (isDiverging) (low, high) = (-Math.Max(-low, high), Math.Max(-low, high));
        ColourMap colours = isDiverging ? ColourMap.Diverging : ColourMap.Viridis;
        LinearScale scale = LinearScale.Covering(low, high, 5, low, high > low ? high : null);

        double left = 36 + FigureText.Width(FigureText.Whole(map.Rows));
        double scaleLabel = scale.Ticks.Select(t => FigureText.Width(scale.Label(t))).DefaultIfEmpty().Max();
        double right = map.Heading.WidthPixels - ScaleBarPixels - scaleLabel - 50, bottom = map.Heading.HeightPixels - 44;
        svg.OpenFigure(map.Heading, map.Heading.WidthPixels, map.Heading.HeightPixels, "heat", isStandalone);
        byte[] cells = Levels(values, low, high);
        // The cells are a view of their own, one unit a cell, so that a page zooms by moving its box.
        svg.Open(
            "svg",
            ("class", "view"),
            ("x", left),
            ("y", TopPixels),
            ("width", right - left),
            ("height", bottom - TopPixels),
            ("viewBox", FormattableString.Invariant($"0 0 {map.Columns} {map.Rows}")),
            ("preserveAspectRatio", "none"),
            ("data-rows", (double)map.Rows),
            ("data-columns", (double)map.Columns),
            ("data-row-name", map.RowName),
            ("data-column-name", map.ColumnName),
            ("data-low", FormattableString.Invariant($"{low:R}")),
            ("data-high", FormattableString.Invariant($"{high:R}")),
            ("data-unit", map.ValueAxis.Unit));
        svg.Element(
            "image", ("class", "cells"), ("width", (double)map.Columns), ("height", (double)map.Rows), ("preserveAspectRatio", "none"),
            ("href", DataAddress(PngImage.Encode(map.Columns, map.Rows, cells, colours))));
        svg.Close();
        svg.Element("rect", ("class", "frame"), ("x", left), ("y", TopPixels), ("width", right - left), ("height", bottom - TopPixels));
        DrawAxes(map, svg, left, right, bottom);
        DrawScale(map.ValueAxis, scale, colours, svg, right + 16, bottom, scaleLabel);
        svg.Close();
    }

    private static (double Low, double High) Range(ReadOnlySpan<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsNaN(value)) continue;

            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return low <= high ? (low, high) : (0, 0);
    }

    private static byte[] Levels(ReadOnlySpan<double> values, double low, double high)
    {
        byte[] levels = new byte[values.Length];
        double factor = high > low ? (ColourMap.LevelCount - 1) / (high - low) : 0;
        for (int i = 0; i < levels.Length; i++)
            levels[i] = double.IsNaN(values[i]) ? ColourMap.BlankLevel : (byte)(1 + Math.Round((values[i] - low) * factor));
        return levels;
    }

    private static void DrawAxes(HeatMap map, MarkupWriter svg, double left, double right, double bottom)
    {
        svg.Open("g", ("class", "axes rows"));
        foreach (int row in LineNumbers(map.Rows, (int)((bottom - TopPixels) / 42)))
        {
            double y = TopPixels + (row - 0.5) / map.Rows * (bottom - TopPixels);
            svg.Element("line", ("class", "tick"), ("x1", left - 4), ("x2", left), ("y1", y), ("y2", y));
            svg.TextElement("text", FigureText.Whole(row), ("x", left - 7), ("y", y + 4), ("text-anchor", "end"));
        }

        svg.Close();
        svg.Open("g", ("class", "axes columns"));
        double columnLabel = Math.Max(30, 14 + FigureText.Width(FigureText.Whole(map.Columns)));
        foreach (int column in LineNumbers(map.Columns, (int)((right - left) / columnLabel)))
        {
            double x = left + (column - 0.5) / map.Columns * (right - left);
            svg.Element("line", ("class", "tick"), ("x1", x), ("x2", x), ("y1", bottom), ("y2", bottom + 4));
            svg.TextElement("text", FigureText.Whole(column), ("x", x), ("y", bottom + 17), ("text-anchor", "middle"));
        }

        svg.Close();
        svg.Open("g", ("class", "axes"));
        svg.AxisTitle(FigureText.Capitalised(map.ColumnName), (left + right) / 2, bottom + 37);
        svg.VerticalAxisTitle(FigureText.Capitalised(map.RowName), 14, (TopPixels + bottom) / 2);
        svg.Close();
    }

    private static void DrawScale(
        FigureAxis axis, LinearScale scale, ColourMap colours, MarkupWriter svg, double left, double bottom, double labelWidth)
    {
        byte[] levels = new byte[ColourMap.LevelCount];
        for (int i = 0; i < levels.Length; i++) levels[i] = (byte)(ColourMap.LevelCount - i);
        svg.Open("g", ("class", "axes"));
        svg.Element(
            "image", ("class", "scale"), ("x", left), ("y", TopPixels), ("width", ScaleBarPixels), ("height", bottom - TopPixels),
            ("preserveAspectRatio", "none"),
            ("href", DataAddress(PngImage.Encode(1, levels.Length, levels, colours))));
        double range = scale.Maximum - scale.Minimum, right = left + ScaleBarPixels;
        foreach (double tick in scale.Ticks)
        {
            double y = bottom - (tick - scale.Minimum) / range * (bottom - TopPixels);
            svg.Element("line", ("class", "tick"), ("x1", right), ("x2", right + 4), ("y1", y), ("y2", y));
            svg.TextElement("text", scale.Label(tick), ("x", right + 7), ("y", y + 4));
        }

        svg.VerticalAxisTitle(axis.Text, right + labelWidth + 22, (TopPixels + bottom) / 2);
        svg.Close();
    }

    /// <summary>Line numbers from 1 to label: the first, then multiples of a round step.</summary>
    private static IEnumerable<int> LineNumbers(int count, int labels)
    {
        if (count <= labels) return Enumerable.Range(1, count);

        int[] steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000];
        int step = steps.FirstOrDefault(s => count / s <= labels, count);
        return Enumerable.Range(1, count / step).Select(i => i * step).Where(n => n > 1).Prepend(1);
    }

    private static string DataAddress(byte[] png) => "data:image/png;base64," + Convert.ToBase64String(png);
}
