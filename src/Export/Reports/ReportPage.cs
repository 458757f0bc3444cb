using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>A page while it is written, and the figures it has so far.</summary>
internal sealed class ReportPage(TextWriter writer) : MarkupWriter(writer)
{
    /// <summary>Folder beside the page in which its figures stand as files.</summary>
    public const string FigureFolder = "figures";

    private readonly TextWriter _writer = writer;
    private readonly List<NamedFigure> _figures = [];

    /// <summary>The figures on the page, in its order, each with a name of its own.</summary>
    public IReadOnlyList<NamedFigure> Figures => _figures;

    /// <summary>Writes a figure with its caption, which names its files.</summary>
    public void Figure(string name, Figure figure)
    {
        if (_figures.Exists(f => f.Name == name)) throw new ArgumentException($"The page has a figure '{name}' already.", nameof(name));

        _figures.Add(new NamedFigure(name, figure));
        Open("figure", ("id", "figure-" + name));
        Open("figcaption");
        TextElement("span", figure.Heading.Title);
        TextElement("span", $"{FigureFolder}/{name}.svg, .csv", ("class", "file"));
        Close();
        SvgFigure.Write(figure, _writer, isStandalone: false);
        Close();
    }
}
