using System.Globalization;
using CircuitSim.Circuit.Errors;
using CsvHelper;

namespace CircuitSim.Training.InSitu.Tables;

/// <summary>Reads measured pulse trains: a table with the columns <c>pulse</c>, <c>polarity</c> and <c>conductance</c> (siemens), in the order of measurement.</summary>
/// <remarks>Polarity is <c>set</c> (raises the conductance) or <c>reset</c> (lowers it); <c>+</c> and <c>-</c> mean the same.</remarks>
public static class PulseTrainReader
{
    private static readonly string[] Columns = ["pulse", "polarity", "conductance"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The pulses, in the order of the file.</returns>
    /// <exception cref="InputFileException">The file is missing, lacks a column, or a cell is no number, not positive or no polarity; the message names line and column.</exception>
    public static IReadOnlyList<MeasuredPulse> Read(string path)
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

    /// <summary>Reads open text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="path">Name of the text for errors.</param>
    /// <returns>The pulses, in the order of the text.</returns>
    /// <exception cref="InputFileException">A column is missing, or a cell is no number, not positive or no polarity.</exception>
    public static IReadOnlyList<MeasuredPulse> Read(TextReader reader, string path)
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

    private static List<MeasuredPulse> Read(CsvReader csv, string path)
    {
        csv.ReadHeader();
        string[] header = [.. csv.Headers];
        int[] places = [.. Columns.Select(c => Array.FindIndex(header, h => h.Trim().Equals(c, StringComparison.OrdinalIgnoreCase)))];
        if (places.Any(p => p < 0))
            throw new InputFileException(path, $"its columns are {string.Join(", ", header)}; {string.Join(", ", Columns)} are needed.", line: 1);

        var pulses = new List<MeasuredPulse>();
        while (csv.Read())
        {
            int line = (int)csv.LineNumber;
            if (csv.FieldCount != header.Length)
                throw new InputFileException(path, $"has {csv.FieldCount} cells; the header has {header.Length}.", line);
            string pulse = csv.GetString(places[0]), polarity = csv.GetString(places[1]).Trim(), conductance = csv.GetString(places[2]);
            if (!int.TryParse(pulse, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number))
                throw new InputFileException(path, $"pulse '{pulse}' is no whole number.", line, places[0] + 1);
            bool? isIncreasing = polarity.ToLowerInvariant() switch { "set" or "+" or "1" or "+1" => true, "reset" or "-" or "-1" => false, _ => null };
            if (isIncreasing is not bool rises)
                throw new InputFileException(path, $"polarity '{polarity}' is neither set (+) nor reset (-).", line, places[1] + 1);
            if (!double.TryParse(conductance, NumberStyles.Float, CultureInfo.InvariantCulture, out double siemens) || !(siemens > 0) || !double.IsFinite(siemens))
                throw new InputFileException(path, $"conductance '{conductance}' is not a positive number of siemens.", line, places[2] + 1);
            pulses.Add(new MeasuredPulse(number, rises, siemens));
        }

        if (pulses.Count == 0) throw new InputFileException(path, "has a header but no rows.", line: 2);
        return pulses;
    }
}
