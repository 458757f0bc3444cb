using CsvHelper;

namespace CircuitSim.Export.Figures;

/// <summary>Points of one series with a reference line, at zero for differences over what they belong to, or y = x for one quantity over another that it should equal.</summary>
public sealed record ScatterChart : Figure
{
    /// <summary>Horizontal axis.</summary>
    public required FigureAxis XAxis { get; init; }

    /// <summary>Vertical axis; zero always lies within it.</summary>
    public required FigureAxis YAxis { get; init; }

    /// <summary>Horizontal values, finite, at least one.</summary>
    public required IReadOnlyList<double> XValues { get; init; }

    /// <summary>Vertical values, finite, as long as <see cref="XValues"/>.</summary>
    public required IReadOnlyList<double> YValues { get; init; }

    /// <summary>True to draw the line y = x instead of y = 0; both axes then hold the same values.</summary>
    public bool HasDiagonal { get; init; }

    /// <summary>Place in the palette, 0 to <see cref="SvgFigure.PaletteSize"/> − 1.</summary>
    public int ColourIndex { get; init; }

    internal override void Draw(MarkupWriter svg, bool isStandalone) => ScatterDrawing.Draw(this, svg, isStandalone);

    internal override void WriteData(CsvWriter table)
    {
        table.WriteRecord([XAxis.Text, YAxis.Text]);
        for (int i = 0; i < XValues.Count; i++)
        {
            table.Number(XValues[i]);
            table.Number(YValues[i]);
            table.EndRecord();
        }
    }
}
