using System.Globalization;

namespace CircuitSim.Export.Figures;

/// <summary>Writes SVG and HTML elements: escaped text, numbers with at most two decimals, one element a line.</summary>
internal class MarkupWriter(TextWriter writer)
{
    private readonly Stack<string> _open = new();

    public void Open(string name, params ReadOnlySpan<(string Name, MarkupValue Value)> attributes)
    {
        Start(name, attributes);
        writer.Write(">\n");
        _open.Push(name);
    }

    public void Close() => writer.Write($"</{_open.Pop()}>\n");

    public void Element(string name, params ReadOnlySpan<(string Name, MarkupValue Value)> attributes)
    {
        Start(name, attributes);
        writer.Write("/>\n");
    }

    public void TextElement(string name, string text, params ReadOnlySpan<(string Name, MarkupValue Value)> attributes)
    {
        Start(name, attributes);
        writer.Write($">{FigureText.Escape(text)}</{name}>\n");
    }

    /// <summary>An element with a title, which browsers show under the pointer.</summary>
    public void TitledElement(string name, string title, params ReadOnlySpan<(string Name, MarkupValue Value)> attributes)
    {
        Start(name, attributes);
        writer.Write($"><title>{FigureText.Escape(title)}</title></{name}>\n");
    }

    /// <summary>Text between elements.</summary>
    public void Words(string text) => writer.Write(FigureText.Escape(text));

    /// <summary>Text that is markup already.</summary>
    public void Raw(string markup) => writer.Write(markup);

    /// <summary>Opens the root element with title and description for screen readers.</summary>
    public void OpenFigure(FigureHeading heading, double width, double height, string kind, bool isStandalone)
    {
        Open(
            "svg",
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", "figure figure-" + kind),
            ("role", "img"),
            ("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            ("width", width),
            ("height", height));
        TextElement("title", heading.Title);
        TextElement("desc", heading.Description);
        if (isStandalone) TextElement("style", SvgFigure.StyleSheet);
    }

    /// <summary>The title of a horizontal axis, centred below it.</summary>
    public void AxisTitle(string text, double centre, double baseline) =>
        TextElement("text", text, ("class", "label"), ("x", centre), ("y", baseline), ("text-anchor", "middle"));

    /// <summary>The title of a vertical axis, read from below, centred beside it.</summary>
    public void VerticalAxisTitle(string text, double baseline, double centre) => TextElement(
        "text", text, ("class", "label"), ("x", baseline), ("y", centre), ("text-anchor", "middle"),
        ("transform", $"rotate(-90 {Number(baseline)} {Number(centre)})"));

    public static string Number(double value)
    {
        double rounded = Math.Round(value, 2);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    private void Start(string name, ReadOnlySpan<(string Name, MarkupValue Value)> attributes)
    {
        writer.Write($"<{name}");
        foreach ((string attribute, MarkupValue value) in attributes) writer.Write($" {attribute}=\"{FigureText.Escape(value.Text)}\"");
    }
}
