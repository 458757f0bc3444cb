using System.Globalization;
using CircuitSim.Circuit.Errors;
using CsvHelper;

namespace CircuitSim.Mapping.Files;

/// <summary>A table from a text file: a header line, commas, decimal points, UTF-8; every row is as long as the header.</summary>
public sealed class CsvTable
{
    private readonly List<string[]> _rows = [];
    private readonly List<int> _lines = [];

    private CsvTable(string path, string[] headers)
    {
        Path = path;
        Headers = headers;
    }

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Names of the columns, at least one.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>Rows below the header, at least one.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Reads a table from a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The table.</returns>
    /// <exception cref="InputFileException">The file cannot be read, is empty, is not well-formed, or a row's length is not the header's.</exception>
    public static CsvTable Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var reader = new StreamReader(path);
            return Read(reader, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(path, $"cannot be read: {e.Message}", innerException: e);
        }
    }

    /// <summary>Reads a table from open text.</summary>
    /// <param name="reader">Text.</param>
    /// <param name="path">Name of the text for errors.</param>
    /// <returns>The table.</returns>
    /// <exception cref="InputFileException">The text is empty, is not well-formed, or a row's length is not the header's.</exception>
    public static CsvTable Read(TextReader reader, string path)
    {
        var options = new CsvReaderOptions { Separator = ',', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };
        try
        {
            using CsvReader csv = CsvReader.Create(reader, options, leaveOpen: true);
            return Read(csv, path);
        }
        catch (CsvFormatException e)
        {
            throw new InputFileException(path, $"is not well-formed: {e.Message}", (int)e.LineNumber, innerException: e);
        }
    }

    /// <summary>The place of a column.</summary>
    /// <param name="header">Its name.</param>
    /// <returns>Index from 0, or −1 when there is none of that name.</returns>
    public int Column(string header)
    {
        for (int i = 0; i < Headers.Count; i++)
            if (Headers[i] == header) return i;
        return -1;
    }

    /// <summary>The text of a cell.</summary>
    /// <param name="row">Row from 0.</param>
    /// <param name="column">Column from 0.</param>
    /// <returns>The text without quotes.</returns>
    public string Text(int row, int column) => _rows[row][column];

    /// <summary>The line of a row in the file, from 1.</summary>
    /// <param name="row">Row from 0.</param>
    /// <returns>The line.</returns>
    public int Line(int row) => _lines[row];

    /// <summary>The number in a cell.</summary>
    /// <param name="row">Row from 0.</param>
    /// <param name="column">Column from 0.</param>
    /// <returns>A finite number.</returns>
    /// <exception cref="InputFileException">The cell is empty or not a finite number; the message names line and column.</exception>
    public double Number(int row, int column)
    {
        string text = Text(row, column);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) return value;

        throw new InputFileException(
            Path, $"'{text}' in column '{Headers[column]}' is not a finite number; write it with a decimal point, and leave out rows with missing values.",
            Line(row), column + 1);
    }

    private static CsvTable Read(CsvReader csv, string path)
    {
        csv.ReadHeader();
        var table = new CsvTable(path, [.. csv.Headers]);
        if (table.Headers.Count == 0) throw new InputFileException(path, "is empty; a header line is needed.", line: 1);
        while (csv.Read())
        {
            int line = (int)csv.LineNumber;
            if (csv.FieldCount != table.Headers.Count)
                throw new InputFileException(path, $"has {csv.FieldCount} cells; the header has {table.Headers.Count}.", line);
            var row = new string[csv.FieldCount];
            for (int column = 0; column < row.Length; column++) row[column] = csv.GetString(column);
            table._rows.Add(row);
            table._lines.Add(line);
        }

        return table.RowCount > 0 ? table : throw new InputFileException(path, "has a header but no rows.", line: 2);
    }
}
