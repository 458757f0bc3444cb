using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.InSitu.Tables;

/// <summary>Reads update tables in CrossSim's format: a pair of text files, one for pulses that raise the conductance and one for those that lower it.</summary>
/// <remarks>
/// A file holds a title line, the conductance axis, the axis of cumulative probability, and one line of changes for each probability;
/// numbers are separated by commas, blank lines are skipped. Both files of a pair share their axes.
/// </remarks>
public static class UpdateTableReader
{
    /// <summary>File of the pulses that raise the conductance.</summary>
    public const string IncreasingFile = "dG_increasing.txt";

    /// <summary>File of the pulses that lower the conductance.</summary>
    public const string DecreasingFile = "dG_decreasing.txt";

    /// <summary>Reads the pair of files of a folder.</summary>
    /// <param name="folder">Folder that holds <see cref="IncreasingFile"/> and <see cref="DecreasingFile"/>.</param>
    /// <returns>The table, named after the folder.</returns>
    /// <exception cref="InputFileException">A file is missing, has a cell that is no number, lines of unequal length or other axes than its partner.</exception>
    /// <exception cref="InvalidDesignException">The numbers break a rule of update tables.</exception>
    public static UpdateTable ReadFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Read(Path.Combine(folder, IncreasingFile), Path.Combine(folder, DecreasingFile), Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)));
    }

    /// <summary>Reads a pair of files.</summary>
    /// <param name="increasingPath">File of the pulses that raise the conductance.</param>
    /// <param name="decreasingPath">File of the pulses that lower the conductance.</param>
    /// <param name="name">Name of the table for messages.</param>
    /// <returns>The table.</returns>
    /// <exception cref="InputFileException">A file is missing, has a cell that is no number, lines of unequal length or other axes than its partner.</exception>
    /// <exception cref="InvalidDesignException">The numbers break a rule of update tables.</exception>
    public static UpdateTable Read(string increasingPath, string decreasingPath, string name)
    {
        Part up = ReadPart(increasingPath), down = ReadPart(decreasingPath);
        RequireSameAxis("conductance", up.Conductance, down.Conductance, increasingPath, decreasingPath, down.ConductanceLine);
        RequireSameAxis("probability", up.Probability, down.Probability, increasingPath, decreasingPath, down.ProbabilityLine);
        return new UpdateTable(name, up.Conductance, up.Probability, up.Changes, down.Changes);
    }

    /// <summary>Writes a table as a pair of files that <see cref="ReadFolder"/> and CrossSim read.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isIncreasing">Which of the two files.</param>
    /// <param name="writer">Receives the text.</param>
    public static void Write(UpdateTable table, bool isIncreasing, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write($"Change of conductance by a pulse that {(isIncreasing ? "raises" : "lowers")} it: conductance, cumulative probability, then one line of changes a probability\n");
        int columns = table.Conductance.Length;
        WriteLine(writer, table.Conductance.Span);
        WriteLine(writer, table.Probability.Span);
        ReadOnlySpan<double> changes = table.Changes(isIncreasing).Span;
        for (int i = 0; i < changes.Length; i += columns) WriteLine(writer, changes.Slice(i, columns));
    }

    private static void WriteLine(TextWriter writer, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{values[i]:R}"));
        writer.Write('\n');
    }

    private static Part ReadPart(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var lines = new List<(double[] Values, int Line)>();
        int number = 0;
        foreach (string line in InputText.ReadLines(path))
        {
            number++;
            if (number == 1 || string.IsNullOrWhiteSpace(line)) continue;
            lines.Add((Numbers(line, path, number), number));
        }

        if (lines.Count < 3)
            throw new InputFileException(path, $"has {lines.Count} lines of numbers; a title, a conductance axis, a probability axis and one line a probability are needed.", number);
        (double[] conductance, int conductanceLine) = lines[0];
        (double[] probability, int probabilityLine) = lines[1];
        if (lines.Count - 2 != probability.Length)
            throw new InputFileException(path, $"has {lines.Count - 2} lines of changes; its probability axis has {probability.Length} points.", number);
        foreach ((double[] values, int line) in lines.Skip(2))
            if (values.Length != conductance.Length)
                throw new InputFileException(path, $"has {values.Length} changes in this line; its conductance axis has {conductance.Length} points.", line);
        return new Part(conductance, conductanceLine, probability, probabilityLine, [.. lines.Skip(2).SelectMany(l => l.Values)]);
    }

    private static double[] Numbers(string line, string path, int number)
    {
        string[] cells = line.Split(',');
        var values = new double[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            if (!double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
                throw new InputFileException(path, $"'{CsvTable.Shown(cells[i].Trim())}' (value {i + 1}) is no number; values are separated by commas and have decimal points.", number);
        }

        return values;
    }

    private static void RequireSameAxis(string what, double[] up, double[] down, string upPath, string downPath, int line)
    {
        if (up.AsSpan().SequenceEqual(down)) return;
        int at = Enumerable.Range(0, Math.Min(up.Length, down.Length)).FirstOrDefault(i => !up[i].Equals(down[i]), Math.Min(up.Length, down.Length));
        throw new InputFileException(downPath, $"its {what} axis differs from that of {upPath} at point {at + 1}; both files of a pair share their axes.", line);
    }

    private sealed record Part(double[] Conductance, int ConductanceLine, double[] Probability, int ProbabilityLine, double[] Changes);
}
