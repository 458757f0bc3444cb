using System.Globalization;
using CircuitSim.Circuit.Errors;
using CsvHelper;

namespace CircuitSim.Training.Data;

/// <summary>Reads tables of numbers with one column of class names: a header line, commas, decimal points, UTF-8.</summary>
public static class TableReader
{
    /// <summary>Reads a table from a file.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="labelColumn">Header of the column that holds the class; all other columns are features.</param>
    /// <param name="source">Where the data come from.</param>
    /// <param name="classNames">Class names in the order wanted, or null for their sorted (ordinal) texts.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="InputFileException">The file is missing or a cell is missing, not a finite number, or an unknown class; the message names line and column.</exception>
    public static DataSet Read(string path, string name, string labelColumn, string source, IReadOnlyList<string>? classNames = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var reader = new StreamReader(path);
            return Read(reader, path, name, labelColumn, source, classNames);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(path, $"cannot be read: {e.Message}", innerException: e);
        }
    }

    /// <summary>Reads a table from open text.</summary>
    /// <param name="reader">Text.</param>
    /// <param name="path">Name of the text for errors.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="labelColumn">Header of the column that holds the class.</param>
    /// <param name="source">Where the data come from.</param>
    /// <param name="classNames">Class names in the order wanted, or null for their sorted (ordinal) texts.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="InputFileException">A cell is missing, not a finite number, or an unknown class.</exception>
    public static DataSet Read(
        TextReader reader, string path, string name, string labelColumn, string source, IReadOnlyList<string>? classNames = null)
    {
        var options = new CsvReaderOptions { Separator = ',', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };
        try
        {
            using CsvReader csv = CsvReader.Create(reader, options, leaveOpen: true);
            return Read(csv, path, name, labelColumn, source, classNames);
        }
        catch (CsvFormatException e)
        {
            throw new InputFileException(path, $"is not well-formed: {e.Message}", (int)e.LineNumber, innerException: e);
        }
    }

    private static DataSet Read(
        CsvReader csv, string path, string name, string labelColumn, string source, IReadOnlyList<string>? classNames)
    {
        csv.ReadHeader();
        string[] header = [.. csv.Headers];
        if (header.Length == 0) throw new InputFileException(path, "is empty; a header line is needed.", line: 1);
        int labelIndex = Array.IndexOf(header, labelColumn);
        if (labelIndex < 0)
            throw new InputFileException(path, $"has no column '{labelColumn}'; its columns are {string.Join(", ", header)}.", line: 1);
        if (header.Length < 2) throw new InputFileException(path, "has no column besides the class.", line: 1);

        var inputs = new List<double>();
        var labels = new List<(string Text, int Line)>();
        while (csv.Read())
        {
            int line = (int)csv.LineNumber;
            if (csv.FieldCount != header.Length)
                throw new InputFileException(path, $"has {csv.FieldCount} cells; the header has {header.Length}.", line);
            for (int column = 0; column < header.Length; column++)
            {
                string cell = csv.GetString(column);
                if (column == labelIndex) labels.Add((cell, line));
                else inputs.Add(Number(cell, path, line, column, header[column]));
            }
        }

        if (labels.Count == 0) throw new InputFileException(path, "has a header but no rows.", line: 2);
        IReadOnlyList<string> classes = classNames ?? [.. labels.Select(l => l.Text).Distinct().Order(StringComparer.Ordinal)];
        int[] indices = [.. labels.Select(l => ClassIndex(classes, l.Text, path, l.Line, labelIndex))];
        string[] features = [.. header.Where((_, i) => i != labelIndex)];
        return new DataSet(name, features.Length, inputs.ToArray(), indices, classes, source, features);
    }

    private static double Number(string text, string path, int line, int column, string header)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) return value;

        throw new InputFileException(
            path, $"'{text}' in column '{header}' is not a finite number; write it with a decimal point, and leave out rows with missing values.",
            line, column + 1);
    }

    private static int ClassIndex(IReadOnlyList<string> classes, string text, string path, int line, int column)
    {
        for (int i = 0; i < classes.Count; i++)
            if (classes[i] == text) return i;
        throw new InputFileException(path, $"'{text}' is no class; classes are {string.Join(", ", classes)}.", line, column + 1);
    }
}
