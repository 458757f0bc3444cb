using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

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
        return Read(CsvTable.Read(path), name, labelColumn, source, classNames);
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
        return Read(CsvTable.Read(reader, path), name, labelColumn, source, classNames);
    }

    private static DataSet Read(CsvTable table, string name, string labelColumn, string source, IReadOnlyList<string>? classNames)
    {
        string path = table.Path;
        int labelIndex = table.Column(labelColumn);
        if (labelIndex < 0)
            throw new InputFileException(path, $"has no column '{labelColumn}'; its columns are {string.Join(", ", table.Headers)}.", line: 1);
        if (table.Headers.Count < 2) throw new InputFileException(path, "has no column besides the class.", line: 1);

        var inputs = new double[table.RowCount * (table.Headers.Count - 1)];
        int next = 0;
        for (int row = 0; row < table.RowCount; row++)
            for (int column = 0; column < table.Headers.Count; column++)
                if (column != labelIndex) inputs[next++] = table.Number(row, column);

        IReadOnlyList<string> labels = [.. Enumerable.Range(0, table.RowCount).Select(r => table.Text(r, labelIndex))];
        IReadOnlyList<string> classes = classNames ?? [.. labels.Distinct().Order(StringComparer.Ordinal)];
        int[] indices = [.. labels.Select((text, r) => ClassIndex(classes, text, path, table.Line(r), labelIndex))];
        string[] features = [.. table.Headers.Where((_, i) => i != labelIndex)];
        return new DataSet(name, features.Length, inputs, indices, classes, source, features);
    }

    private static int ClassIndex(IReadOnlyList<string> classes, string text, string path, int line, int column)
    {
        for (int i = 0; i < classes.Count; i++)
            if (classes[i] == text) return i;
        throw new InputFileException(path, $"'{text}' is no class; classes are {string.Join(", ", classes)}.", line, column + 1);
    }
}
