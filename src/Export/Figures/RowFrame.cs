namespace CircuitSim.Export.Figures;

/// <summary>A chart of named rows over one axis of values: places rows and values on the drawing and draws grid, axis and names.</summary>
internal sealed class RowFrame
{
    private const double Top = 6;

    private readonly FigureAxis _axis;
    private readonly double _left, _right, _bottom, _rowPixels;
    private readonly int _nameCharacters;

    public RowFrame(FigureAxis axis, double left, double right, int rowCount, double rowPixels, int nameCharacters, double lowest, double highest)
    {
        _axis = axis;
        (_left, _right, _rowPixels, _nameCharacters) = (left, right, rowPixels, nameCharacters);
        _bottom = Top + rowPixels * rowCount;
        Scale = LinearScale.Covering(lowest, highest, Math.Max(2, (int)((right - left) / 55)), axis.Minimum, axis.Maximum);
    }

    public LinearScale Scale { get; }

    /// <summary>Widest of the names as they are drawn.</summary>
    public static double NameWidth(IEnumerable<string> names, int characters) => names.Max(n => FigureText.Width(FigureText.Shorten(n, characters)));

    public double X(double value) => _left + (value - Scale.Minimum) / (Scale.Maximum - Scale.Minimum) * (_right - _left);

    public double Middle(int row) => Top + _rowPixels * (row + 0.5);

    /// <summary>Opens the figure, draws grid and axis, and opens the group of the marks.</summary>
    public void OpenMarks(MarkupWriter svg, FigureHeading heading, string kind, bool isStandalone)
    {
        svg.OpenFigure(heading, heading.WidthPixels, _bottom + 44, kind, isStandalone);
        svg.Open("g", ("class", "axes"));
        foreach (double tick in Scale.Ticks)
        {
            VerticalLine(svg, "grid", tick);
            svg.TextElement("text", Scale.Label(tick), ("x", X(tick)), ("y", _bottom + 17), ("text-anchor", "middle"));
        }

        svg.Element("line", ("class", "axis"), ("x1", _left), ("x2", _right), ("y1", _bottom), ("y2", _bottom));
        svg.AxisTitle(_axis.Text, (_left + _right) / 2, _bottom + 37);
        svg.Close();
        svg.Open("g", ("class", "marks"));
    }

    public void VerticalLine(MarkupWriter svg, string kind, double value) =>
        svg.Element("line", ("class", kind), ("x1", X(value)), ("x2", X(value)), ("y1", Top), ("y2", _bottom));

    public void Name(MarkupWriter svg, int row, string name) => svg.TextElement(
        "text", FigureText.Shorten(name, _nameCharacters), ("class", "name"), ("x", _left - 8), ("y", Middle(row) + 4), ("text-anchor", "end"));
}
