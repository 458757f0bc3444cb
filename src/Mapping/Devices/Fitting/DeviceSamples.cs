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
    private const double LargestRatio = 100;

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
        var problems = new CsvProblems(table.Path);
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

        problems.ThrowIfAny();
        CheckUnits(table, samples, target >= 0);
        return new DeviceSamples(table.Path, samples, target >= 0, time >= 0, cycle >= 0);

        double Number(int row, int column, Func<double, string?> check)
        {
            double value = table.Number(row, column, problems);
            if (!double.IsNaN(value) && check(value) is string problem)
                problems.Add(table.Line(row), column + 1, string.Create(CultureInfo.InvariantCulture, $"{value:G6} in column '{table.Headers[column]}': {problem}"));
            return value;
        }

        string Text(int row, int column)
        {
            string text = table.Text(row, column);
            if (text.Length == 0) problems.Add(table.Line(row), column + 1, $"column '{table.Headers[column]}' is empty; leave out rows with missing values");
            return text;
        }
    }

    private static string? Conductance(double value) => value switch
    {
        < 0 => "a conductance is at least 0; subtract the offset of the measurement, or leave the read out",
        _ => PhysicalConductance.Problem(value),
    };

    private static void CheckColumns(CsvTable table)
    {
        string has = $"its columns are {string.Join(", ", table.Headers)}; a table of samples has target_siemens or level, measured_siemens, and if wanted time_seconds and cycle";
        string[] unknown = [.. table.Headers.Except(ColumnNames)];
        if (unknown.Length > 0) throw new InputFileException(table.Path, $"has the unknown column '{unknown[0]}': {has}.", line: 1);
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
}
