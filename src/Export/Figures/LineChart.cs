using CsvHelper;

namespace CircuitSim.Export.Figures;

/// <summary>Lines over a common horizontal axis, such as training curves or a transfer curve.</summary>
public sealed record LineChart : Figure
{
    /// <summary>Horizontal axis.</summary>
    public required FigureAxis XAxis { get; init; }

    /// <summary>Vertical axis.</summary>
    public required FigureAxis YAxis { get; init; }

    /// <summary>Lines in drawing order; at least one with at least one finite point.</summary>
    public required IReadOnlyList<LineSeries> Series { get; init; }

    internal override void Draw(MarkupWriter svg, bool isStandalone) => LineDrawing.Draw(this, svg, isStandalone);

    internal override void WriteData(CsvWriter table)
    {
        table.WriteRecord(["series", XAxis.Text, YAxis.Text]);
        foreach (LineSeries series in Series)
        {
            for (int i = 0; i < series.XValues.Count; i++)
            {
                table.WriteField(series.Name);
                table.Number(series.XValues[i]);
                table.Number(series.YValues[i]);
                table.EndRecord();
            }
        }
    }
}
