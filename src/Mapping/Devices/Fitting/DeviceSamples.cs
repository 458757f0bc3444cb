using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Mapping.Devices.Fitting;

/// <summary>Measured conductances of programmed devices, one row a read, from a table of a user's own.</summary>
/// <remarks>
/// Columns: <c>target_siemens</c> or <c>level</c> (any text), <c>measured_siemens</c>, and if wanted <c>time_seconds</c> after programming and
/// <c>cycle</c>. Everything is checked before anything is fitted: gaps, numbers that cannot be siemens, targets and reads in different units.
/// </remarks>
public sealed class DeviceSamples
{
    // The most conducting resistive memories, magnetic ones included, are near 1 mS; 0.1 S is 10 ohms.
    private const double LargestSiemens = 0.1;
    private const double LargestRatio = 100;
    private const int MostListed = 10;

    private static readonly string[] ColumnNames = ["target_siemens", "level", "measured_siemens", "time_seconds", "cycle"];

    private readonly DeviceSample[] _samples;

    private DeviceSamples(string path, DeviceSample[] samples, bool hasTargets, bool hasTimes, bool hasCycles)
    {
        Path = path;
        _samples = samples;
        HasTargets = hasTargets;
        HasTimes = hasTimes;
        HasCycles = hasCycles;
    }

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Whether rows name a target in siemens; else they name a level.</summary>
    public bool HasTargets { get; }

    /// <summary>Whether rows name a time after programming.</summary>
    public bool HasTimes { get; }

    /// <summary>Whether rows name a programming cycle.</summary>
    public bool HasCycles { get; }

    /// <summary>The reads, in the order of the file.</summary>
    public IReadOnlyList<DeviceSample> Samples => _samples;

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file (CSV with a header line).</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InputFileException">The file cannot be read; a column is missing or unknown; a cell is empty or no number; or values are not in siemens.</exception>
    public static DeviceSamples Read(string path) => Of(CsvTable.Read(path));

    /// <summary>Takes samples from a table.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InputFileException">As for <see cref="Read"/>.</exception>
    public static DeviceSamples Of(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        CheckColumns(table);
        int target = table.Column("target_siemens"), level = table.Column("level"), measured = table.Column("measured_siemens");
        int time = table.Column("time_seconds"), cycle = table.Column("cycle");
        var problems = new List<(string Text, int Line, int Column)>();
        int count = 0;
        var samples = new DeviceSample[table.RowCount];
        for (int row = 0; row < samples.Length; row++)
        {
            samples[row] = new DeviceSample(
                level < 0 ? "" : Text(row, level),
                target < 0 ? double.NaN : Number(row, target, Conductance),
                Number(row, measured, Conductance),
                time < 0 ? 0 : Number(row, time, v => v > 0 ? null : "times count from programming and are positive; give the delay of the first read"),
                cycle < 0 ? "" : Text(row, cycle));
        }

        ThrowIfAny(table.Path, problems, count);
        CheckUnits(table, samples, target >= 0);
        return new DeviceSamples(table.Path, samples, target >= 0, time >= 0, cycle >= 0);

        double Number(int row, int column, Func<double, string?> check)
        {
            try
            {
                double value = table.Number(row, column);
                if (check(value) is string problem) Note(row, column, string.Create(CultureInfo.InvariantCulture, $"{value:G6} in column '{table.Headers[column]}': {problem}"));
                return value;
            }
            catch (InputFileException) when (string.IsNullOrWhiteSpace(table.Text(row, column)))
            {
                Note(row, column, $"column '{table.Headers[column]}' is empty; leave out rows with missing values");
            }
            catch (InputFileException)
            {
                Note(row, column, $"'{table.Text(row, column)}' in column '{table.Headers[column]}' is not a finite number");
            }

            return double.NaN;
        }

        string Text(int row, int column)
        {
            string text = table.Text(row, column).Trim();
            if (text.Length == 0) Note(row, column, $"column '{table.Headers[column]}' is empty; leave out rows with missing values");
            return text;
        }

        void Note(int row, int column, string text)
        {
            if (++count <= MostListed) problems.Add((text, table.Line(row), column + 1));
        }
    }

    private static string? Conductance(double value) => value switch
    {
        < 0 => "a conductance is at least 0; subtract the offset of the measurement, or leave the read out",
        > LargestSiemens => $"no resistive memory conducts more than {LargestSiemens} S: this looks like {(value >= 1000 ? "ohms (take 1/R), nanosiemens or microsiemens" : "microsiemens (multiply by 1e-6) or kiloohms")}",
        _ => null,
    };

    private static void CheckColumns(CsvTable table)
    {
        string has = $"its columns are {string.Join(", ", table.Headers)}; a table of samples has target_siemens or level, measured_siemens, and if wanted time_seconds and cycle";
        string[] unknown = [.. table.Headers.Except(ColumnNames)];
        if (unknown.Length > 0) throw new InputFileException(table.Path, $"has the unknown column '{unknown[0]}': {has}.", line: 1);
        if (table.Headers.Distinct().Count() < table.Headers.Count) throw new InputFileException(table.Path, $"names a column twice: {has}.", line: 1);
        if (table.Column("measured_siemens") < 0) throw new InputFileException(table.Path, $"has no column 'measured_siemens': {has}.", line: 1);
        if (table.Column("target_siemens") < 0 == table.Column("level") < 0)
            throw new InputFileException(table.Path, $"needs one of the columns 'target_siemens' and 'level': {has}.", line: 1);
    }

    private static void CheckUnits(CsvTable table, DeviceSample[] samples, bool hasTargets)
    {
        if (!hasTargets) return;
        double[] ratios = [.. samples.Where(s => s.TargetSiemens > 0 && s.MeasuredSiemens > 0).Select(s => s.MeasuredSiemens / s.TargetSiemens).Order()];
        if (ratios.Length == 0) return;
        double median = ratios[ratios.Length / 2];
        if (median is > LargestRatio or < 1 / LargestRatio)
        {
            throw new InputFileException(table.Path, string.Create(CultureInfo.InvariantCulture,
                $"mixes units: half of the reads are {median:G3} times their targets or more; give both columns in siemens."));
        }
    }

    private static void ThrowIfAny(string path, List<(string Text, int Line, int Column)> problems, int count)
    {
        if (count == 0) return;
        (string text, int line, int column) = problems[0];
        if (count == 1) throw new InputFileException(path, text + ".", line, column);
        string more = count > problems.Count ? $"\n  … and {count - problems.Count} more." : "";
        throw new InputFileException(path, $"{count} problems:{string.Concat(problems.Select(p => $"\n  line {p.Line}: {p.Text}"))}{more}", line, column);
    }
}
