using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.Data;

/// <summary>Reads tables of numbers with one column of class names: a header line, commas, decimal points, UTF-8.</summary>
public static class TableReader
{
    private const int MostListed = 100;

    // What tables write where a value is missing; a class of such a name would be trained in silence.
    private static readonly HashSet<string> NoClass = new(StringComparer.OrdinalIgnoreCase) { "", "?", "na", "n/a", "nan", "null" };

    /// <summary>Reads a table from a file.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="labelColumn">Header of the column that holds the class; all other columns are features.</param>
    /// <param name="source">Where the data come from.</param>
    /// <param name="classNames">Class names in the order wanted, or null for their sorted (ordinal) texts.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="InputFileException">The file is missing; a row has no class; or a cell is missing, not a finite number, or an unknown class; the message names line and column.</exception>
    public static DataSet Read(string path, string name, string labelColumn, string source, IReadOnlyList<string>? classNames = null)
    {
        return Read(CsvTable.Read(path, labelColumn), name, labelColumn, source, classNames);
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
        return Read(CsvTable.Read(reader, path, labelColumn), name, labelColumn, source, classNames);
    }

    private static DataSet Read(CsvTable table, string name, string labelColumn, string source, IReadOnlyList<string>? classNames)
    {
        string path = table.Path;
        int labelIndex = table.Column(labelColumn);
        if (table.Headers.Count < 2) throw new InputFileException(path, "has no column besides the class.", line: 1);

        var problems = new CsvProblems(path);
        IReadOnlyList<string> classes = Classes(table, labelIndex, classNames, problems);
        Dictionary<string, int> places = classes.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i);
        var inputs = new double[(long)table.RowCount * (table.Headers.Count - 1)];
        var labels = new int[table.RowCount];
        int next = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int column = 0; column < table.Headers.Count; column++)
                if (column != labelIndex) inputs[next++] = table.Number(row, column, problems);
            string text = table.Text(row, labelIndex);
            if (places.TryGetValue(text, out labels[row]) || NoClass.Contains(text)) continue;
            problems.Add(table.Line(row), labelIndex + 1, $"'{CsvTable.Shown(text)}' is no class; classes are {string.Join(", ", classes)}");
        }

        problems.ThrowIfAny();
        string[] features = [.. table.Headers.Where((_, i) => i != labelIndex)];
        return new DataSet(name, features.Length, inputs, labels, classes, source, features);
    }

    // Sorted names of the classes; rows without one become one problem that lists their lines.
    private static IReadOnlyList<string> Classes(CsvTable table, int labelIndex, IReadOnlyList<string>? classNames, CsvProblems problems)
    {
        var names = new HashSet<string>();
        var without = new List<int>();
        for (int row = 0; row < table.RowCount; row++)
        {
            string text = table.Text(row, labelIndex);
            if (NoClass.Contains(text) && !(classNames?.Contains(text) ?? false)) without.Add(table.Line(row));
            else if (names.Add(text) && names.Count > DataSet.MostClasses && classNames is null)
            {
                throw new InputFileException(table.Path, $"has more than {DataSet.MostClasses} different texts in column '{CsvTable.Shown(table.Headers[labelIndex])}', the most classes that can be trained; "
                    + "does it hold a number instead of a class? Name the column of the class with data: { label: ... }.", table.Line(row), labelIndex + 1);
            }
        }

        if (without.Count > 0)
        {
            string lines = string.Join(", ", without.Take(MostListed)) + (without.Count > MostListed ? $" and {without.Count - MostListed} more" : "");
            problems.Add(without[0], labelIndex + 1, $"{(without.Count == 1 ? "a row has" : $"{without.Count} rows have")} no class in column '{CsvTable.Shown(table.Headers[labelIndex])}' "
                + $"(line {lines}); give each its class, or leave it out (empty cells, ?, NA, NaN and null are no names of classes)");
        }

        return classNames ?? [.. names.Order(StringComparer.Ordinal)];
    }
}
