using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.InSitu.Tables;

/// <summary>Reads measured pulse trains: a table with the columns <c>pulse</c>, <c>polarity</c> and <c>conductance</c> (siemens), in the order of measurement.</summary>
/// <remarks>Polarity is <c>set</c> (raises the conductance) or <c>reset</c> (lowers it); <c>+</c> and <c>-</c> mean the same.</remarks>
public static class PulseTrainReader
{
    private static readonly string[] Columns = ["pulse", "polarity", "conductance"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The pulses, in the order of the file.</returns>
    /// <exception cref="InputFileException">The file is missing, is no table, lacks a column, or a cell is no number, not positive or no polarity; all such cells are counted.</exception>
    public static IReadOnlyList<MeasuredPulse> Read(string path) => Read(CsvTable.Read(path));

    /// <summary>Reads open text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="path">Name of the text for errors.</param>
    /// <returns>The pulses, in the order of the text.</returns>
    /// <exception cref="InputFileException">As for <see cref="Read(string)"/>.</exception>
    public static IReadOnlyList<MeasuredPulse> Read(TextReader reader, string path) => Read(CsvTable.Read(reader, path));

    private static MeasuredPulse[] Read(CsvTable table)
    {
        int[] places = [.. Columns.Select(c => table.Headers.ToList().FindIndex(h => h.Equals(c, StringComparison.OrdinalIgnoreCase)))];
        if (places.Any(p => p < 0))
            throw new InputFileException(table.Path, $"its columns are {table.ShownHeaders()}; {string.Join(", ", Columns)} are needed.", line: 1);

        var problems = new CsvProblems(table.Path);
        var pulses = new MeasuredPulse[table.RowCount];
        for (int row = 0; row < pulses.Length; row++)
        {
            string pulse = table.Text(row, places[0]), polarity = table.Text(row, places[1]);
            if (!int.TryParse(pulse, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number))
                problems.Add(table.Line(row), places[0] + 1, $"pulse '{CsvTable.Shown(pulse)}' is no whole number");
            bool? isIncreasing = polarity.ToLowerInvariant() switch { "set" or "+" or "1" or "+1" => true, "reset" or "-" or "-1" => false, _ => null };
            if (isIncreasing is null) problems.Add(table.Line(row), places[1] + 1, $"polarity '{CsvTable.Shown(polarity)}' is neither set (+) nor reset (-)");
            double siemens = table.Number(row, places[2], problems);
            if (siemens <= 0) problems.Add(table.Line(row), places[2] + 1, $"conductance '{CsvTable.Shown(table.Text(row, places[2]))}' is not a positive number of siemens");
            pulses[row] = new MeasuredPulse(number, isIncreasing ?? false, siemens);
        }

        problems.ThrowIfAny();
        return pulses;
    }
}
