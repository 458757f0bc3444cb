using CsvHelper;

namespace CircuitSim.Export.Figures;

/// <summary>A figure: what it is called, how it is drawn (<see cref="SvgFigure"/>) and which numbers it shows (<see cref="FigureData"/>).</summary>
public abstract record Figure
{
    private protected Figure()
    {
    }

    /// <summary>Title, description and size.</summary>
    public required FigureHeading Heading { get; init; }

    internal abstract void Draw(MarkupWriter svg, bool isStandalone);

    /// <summary>Writes a header and one record for each thing that is drawn.</summary>
    internal abstract void WriteData(CsvWriter table);
}
