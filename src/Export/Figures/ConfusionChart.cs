using CsvHelper;

namespace CircuitSim.Export.Figures;

/// <summary>Confusion matrix: rows are true classes, columns chosen classes.</summary>
public sealed record ConfusionChart : Figure
{
    /// <summary>Class names in the order of rows and columns, at least one.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Counts <c>[true class][chosen class]</c>, square, none negative.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Counts { get; init; }

    internal override void Draw(MarkupWriter svg, bool isStandalone) => ConfusionDrawing.Draw(this, svg, isStandalone);

    internal override void WriteData(CsvWriter table)
    {
        table.WriteRecord(["true class", "chosen class", "count"]);
        for (int row = 0; row < Counts.Count; row++)
        {
            for (int column = 0; column < Counts[row].Count; column++)
            {
                table.WriteField(ClassNames[row]);
                table.WriteField(ClassNames[column]);
                table.WriteField(Counts[row][column]);
                table.EndRecord();
            }
        }
    }
}
