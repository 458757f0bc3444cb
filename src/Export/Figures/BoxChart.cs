using CsvHelper;

namespace CircuitSim.Export.Figures;

/// <summary>Horizontal box plots: how a quantity is distributed in each of several groups.</summary>
/// <remarks>A box spans the middle half, its line is the median, whiskers reach from the 5 % to the 95 % quantile, dots are the extremes.</remarks>
public sealed record BoxChart : Figure
{
    /// <summary>Axis of the values.</summary>
    public required FigureAxis ValueAxis { get; init; }

    /// <summary>Boxes from top to bottom, at least one.</summary>
    public required IReadOnlyList<Box> Boxes { get; init; }

    /// <summary>A value drawn as a dashed line through all boxes, such as a limit; null for none.</summary>
    public double? Limit { get; init; }

    internal override void Draw(MarkupWriter svg, bool isStandalone) => BoxDrawing.Draw(this, svg, isStandalone);

    internal override void WriteData(CsvWriter table)
    {
        table.WriteRecord(["name", $"{ValueAxis.Text} minimum", "5 %", "25 %", "median", "75 %", "95 %", "maximum"]);
        foreach (Box box in Boxes)
        {
            table.WriteField(box.Name);
            foreach (double quantile in box.Quantiles) table.Number(quantile);
            table.EndRecord();
        }
    }
}
