using System.Globalization;
using System.Text;
using CircuitSim.Circuit.Errors;
using CsvHelper;

namespace CircuitSim.Mapping.Files;

/// <summary>A table from a text file, plain or gzip-compressed: a header line, commas, decimal points, UTF-8; every row is as long as the header, and every column has a name of its own.</summary>
/// <remarks>Blanks around a cell are no part of it, so that <c>a</c> and <c> a</c> are one name.</remarks>
public sealed class CsvTable
{
    private const int MostShown = 80, MostProblems = 1000, MostHeaders = 40;

    // Twice the largest table in common use, the 60 000 digits of MNIST with 785 columns in 110 MB; a packed file does not say how long it is.
    private const long MostCells = 100_000_000, MostCharacters = 256 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<Row> _rows = [];
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
    /// <param name="column">A column that must be there, which is seen before any row is read; null for none.</param>
    /// <returns>The table.</returns>
    /// <exception cref="InputFileException">The file cannot be read, is empty, is not well-formed, a column has no name or that of another, or a row's length is not the header's.</exception>
    public static CsvTable Read(string path, string? column = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using InputReader file = InputReader.Open(path, MostCharacters);
        try
        {
            using var reader = new StreamReader(file.Content, StrictUtf8);
            return Read(reader, path, column);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw InputReader.Unreadable(path, e);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputFileException(path, "holds bytes that are no UTF-8; save the table as UTF-8.", innerException: e);
        }
    }

    /// <summary>Reads a table from open text.</summary>
    /// <param name="reader">Text.</param>
    /// <param name="path">Name of the text for errors.</param>
    /// <param name="column">A column that must be there; null for none.</param>
    /// <returns>The table.</returns>
    /// <exception cref="InputFileException">The text is empty, is not well-formed, a column has no name or that of another, or a row's length is not the header's; all such rows are counted.</exception>
    public static CsvTable Read(TextReader reader, string path, string? column = null)
    {
        var options = new CsvReaderOptions { Separator = ',', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };
        try
        {
            using CsvReader csv = CsvReader.Create(reader, options, leaveOpen: true);
            return Read(csv, path, column);
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
    /// <returns>The text without quotes and without blanks around it.</returns>
    public string Text(int row, int column) => Encoding.UTF8.GetString(Cell(row, column));

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
        var problems = new CsvProblems(Path);
        double value = Number(row, column, problems);
        problems.ThrowIfAny();
        return value;
    }

    /// <summary>The number in a cell, for readers that gather all problems.</summary>
    /// <param name="row">Row from 0.</param>
    /// <param name="column">Column from 0.</param>
    /// <param name="problems">Told when the cell is empty or not a finite number.</param>
    /// <returns>A finite number, or NaN with a problem.</returns>
    public double Number(int row, int column, CsvProblems problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ReadOnlySpan<byte> text = Cell(row, column);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) return value;
        problems.Add(Line(row), column + 1, text.Length == 0
            ? $"column '{Headers[column]}' is empty where a finite number is needed; leave out rows with missing values"
            : $"'{Shown(Text(row, column))}' in column '{Headers[column]}' is not a finite number; write it with a decimal point, and leave out rows with missing values");
        return double.NaN;
    }

    /// <summary>A cell as messages have it: without control characters, and no longer than a line.</summary>
    /// <param name="text">The text of a cell.</param>
    /// <returns>The text to show.</returns>
    public static string Shown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string clean = string.Concat(text.Take(MostShown).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return text.Length > MostShown ? clean + "…" : clean;
    }

    private static CsvTable Read(CsvReader csv, string path, string? required)
    {
        csv.ReadHeader();
        var table = new CsvTable(path, [.. csv.Headers.Select(h => h.Trim())]);
        if (table.Headers.Count == 0) throw new InputFileException(path, "is empty; a header line is needed.", line: 1);
        table.CheckHeaders();
        if (required is not null && table.Column(required) < 0)
            throw new InputFileException(path, $"has no column '{Shown(required)}'; its columns are {table.ShownHeaders()}.", line: 1);
        var problems = new CsvProblems(path);
        var text = new StringBuilder();
        var ends = new List<int>();
        long cells = 0, characters = 0;
        while (problems.Count < MostProblems && csv.Read())
        {
            int line = (int)csv.LineNumber;
            if (csv.FieldCount != table.Headers.Count)
            {
                problems.Add(line, null, $"has {csv.FieldCount} cells; the header has {table.Headers.Count}");
                continue;
            }

            text.Clear();
            ends.Clear();
            for (int column = 0; column < csv.FieldCount; column++) ends.Add(text.Append(csv.GetString(column).Trim()).Length);
            (cells, characters) = (cells + ends.Count, characters + text.Length);
            if (cells > MostCells || characters > MostCharacters)
                throw new InputFileException(path, $"has more than {MostCells} cells or {MostCharacters} characters, the most that are read.", line);
            table._rows.Add(Row.Of(text.ToString(), ends));
            table._lines.Add(line);
        }

        problems.ThrowIfAny();
        return table.RowCount > 0 ? table : throw new InputFileException(path, "has a header but no rows.", line: 2);
    }

    /// <summary>Names of the columns as messages have them; of many, the first.</summary>
    /// <returns>The names, with commas between them.</returns>
    public string ShownHeaders() =>
        string.Join(", ", Headers.Take(MostHeaders).Select(Shown)) + (Headers.Count > MostHeaders ? $" and {Headers.Count - MostHeaders} more" : "");

    private ReadOnlySpan<byte> Cell(int row, int column)
    {
        Row cells = _rows[row];
        int start = column == 0 ? 0 : cells.End(column - 1);
        return cells.Text.AsSpan(start, cells.End(column) - start);
    }

    private void CheckHeaders()
    {
        var problems = new CsvProblems(Path);
        var places = new Dictionary<string, int>();
        for (int i = 0; i < Headers.Count; i++)
        {
            if (Headers[i].Length == 0) problems.Add(1, i + 1, $"column {i + 1} has no name; name every column in the header line");
            else if (!places.TryAdd(Headers[i], i)) problems.Add(1, i + 1, $"names a column twice: '{Shown(Headers[i])}' is column {places[Headers[i]] + 1} and column {i + 1}");
        }

        problems.ThrowIfAny();
    }

    // Cells one after the other as UTF-8, with two bytes for the end of each wherever they are enough: large tables take twice their file in memory.
    private readonly struct Row(byte[] text, ushort[]? ends, int[]? longEnds)
    {
        public byte[] Text => text;

        public static Row Of(string text, List<int> ends)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length != text.Length)
            {
                int start = 0, end = 0;
                for (int k = 0; k < ends.Count; k++)
                {
                    end += Encoding.UTF8.GetByteCount(text.AsSpan(start, ends[k] - start));
                    (start, ends[k]) = (ends[k], end);
                }
            }

            return bytes.Length <= ushort.MaxValue ? new Row(bytes, [.. ends.Select(e => (ushort)e)], null) : new Row(bytes, null, [.. ends]);
        }

        public int End(int column) => ends is null ? longEnds![column] : ends[column];
    }
}
