using CsvHelper;

namespace CircuitSim.Export.Figures;

/// <summary>Counts per bin.</summary>
public sealed record HistogramChart : Figure
{
    /// <summary>Axis of the binned quantity.</summary>
    public required FigureAxis XAxis { get; init; }

    /// <summary>Axis of the counts.</summary>
    public required FigureAxis YAxis { get; init; }

    /// <summary>Bin edges, finite and rising, one more than <see cref="Counts"/>.</summary>
    public required IReadOnlyList<double> Edges { get; init; }

    /// <summary>Number per bin, none negative; at least one bin.</summary>
    public required IReadOnlyList<int> Counts { get; init; }

    /// <summary>Place in the palette, 0 to <see cref="SvgFigure.PaletteSize"/> − 1.</summary>
    public int ColourIndex { get; init; }

    internal override void Draw(MarkupWriter svg, bool isStandalone) => HistogramDrawing.Draw(this, svg, isStandalone);

    internal override void WriteData(CsvWriter table)
    {
        table.WriteRecord([$"{XAxis.Text} from", $"{XAxis.Text} to", YAxis.Text]);
        for (int i = 0; i < Counts.Count; i++)
        {
            table.Number(Edges[i]);
            table.Number(Edges[i + 1]);
            table.WriteField(Counts[i]);
            table.EndRecord();
        }
    }
}
