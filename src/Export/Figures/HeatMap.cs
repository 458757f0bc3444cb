using CsvHelper;

namespace CircuitSim.Export.Figures;

/// <summary>A matrix as colours: row 0 at the top, column 0 at the left, as a crossbar is drawn.</summary>
/// <remarks>Values use viridis from the smallest to the largest; values well on both sides of zero use a diverging map around it.</remarks>
public sealed record HeatMap : Figure
{
    /// <summary>Quantity and unit of the values.</summary>
    public required FigureAxis ValueAxis { get; init; }

    /// <summary>What a row is, for example <c>word line</c>; rows are numbered from 1.</summary>
    public required string RowName { get; init; }

    /// <summary>What a column is, for example <c>bit line</c>; columns are numbered from 1.</summary>
    public required string ColumnName { get; init; }

    /// <summary>Number of rows, at least 1.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of columns, at least 1.</summary>
    public required int Columns { get; init; }

    /// <summary>Values, row-major, rows·columns of them; NaN is left blank, infinities are not allowed.</summary>
    public required ReadOnlyMemory<double> Values { get; init; }

    internal override void Draw(MarkupWriter svg, bool isStandalone) => HeatMapDrawing.Draw(this, svg, isStandalone);

    internal override void WriteData(CsvWriter table)
    {
        table.WriteRecord([RowName, ColumnName, ValueAxis.Text]);
        for (int k = 0; k < Values.Length; k++)
        {
            table.WriteField(k / Columns + 1);
            table.WriteField(k % Columns + 1);
            table.Number(Values.Span[k]);
            table.EndRecord();
        }
    }
}
