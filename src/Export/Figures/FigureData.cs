using CsvHelper;

namespace CircuitSim.Export.Figures;

/// <summary>Writes the numbers of a figure as a table: CSV with one header, units in the header, a full stop as decimal sign and round-trip digits.</summary>
public static class FigureData
{
    // Names may come from users' files, and a spreadsheet would run those that begin like a formula.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { NewLine = "\n", Injection = CsvInjection.Escape };

    /// <summary>Writes the table; where the figure is blank, so is the field.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="writer">Where the text goes; left open.</param>
    public static void Write(Figure figure, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(writer);
        using var table = CsvWriter.Create(writer, Options, leaveOpen: true);
        figure.WriteData(table);
    }

    /// <summary>A number, or nothing where there is none.</summary>
    internal static void Number(this CsvWriter table, double? value) =>
        table.WriteField(value is double number && double.IsFinite(number) ? number : (double?)null);
}
