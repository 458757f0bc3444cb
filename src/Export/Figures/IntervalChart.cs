using CsvHelper;

namespace CircuitSim.Export.Figures;

/// <summary>Horizontal bars with confidence intervals.</summary>
/// <remarks>A bar's length means something only from zero; on an axis that begins elsewhere the values are drawn as points.</remarks>
public sealed record IntervalChart : Figure
{
    /// <summary>Axis of the values.</summary>
    public required FigureAxis ValueAxis { get; init; }

    /// <summary>Bars from top to bottom, at least one, all values finite.</summary>
    public required IReadOnlyList<IntervalBar> Bars { get; init; }

    internal override void Draw(MarkupWriter svg, bool isStandalone) => IntervalDrawing.Draw(this, svg, isStandalone);

    internal override void WriteData(CsvWriter table)
    {
        table.WriteRecord(["name", ValueAxis.Text, "lower", "upper"]);
        foreach (IntervalBar bar in Bars)
        {
            table.WriteField(bar.Name);
            table.Number(bar.Value);
            table.Number(bar.Lower);
            table.Number(bar.Upper);
            table.EndRecord();
        }
    }
}
