using System.Globalization;

namespace CircuitSim.Export.Reports;

/// <summary>A named matrix that the report shows as a heat map, such as the conductances of a layer or the IR drop at its cross-points.</summary>
public sealed record ReportMatrix
{
    /// <summary>Creates the matrix and copies its values.</summary>
    /// <param name="name">Heading, for example <c>Layer 1: device conductance</c>.</param>
    /// <param name="description">One sentence on what is shown, for which sample or samples.</param>
    /// <param name="unit">Unit of the values as it is printed, for example <c>µS</c> or <c>mV</c>.</param>
    /// <param name="rows">Number of rows (word lines), at least 1.</param>
    /// <param name="columns">Number of columns (bit lines), at least 1.</param>
    /// <param name="values">Values in <paramref name="unit"/>, row-major, rows·columns of them; NaN where there is no device.</param>
    /// <param name="rowName">What a row is.</param>
    /// <param name="columnName">What a column is.</param>
    /// <exception cref="ArgumentException">A count is below 1, the number of values is not rows·columns, or a value is infinite.</exception>
    public ReportMatrix(
        string name, string description, string unit, int rows, int columns, ReadOnlySpan<double> values,
        string rowName = "word line", string columnName = "bit line")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture, $"'{name}' has {values.Length} values; {rows} x {columns} needs {(long)rows * columns}."),
                nameof(values));
        }

        foreach (double value in values)
        {
            if (double.IsInfinity(value))
                throw new ArgumentException($"'{name}' holds an infinity; give NaN where there is no value.", nameof(values));
        }

        Name = name;
        Description = description;
        Unit = unit;
        Rows = rows;
        Columns = columns;
        Values = values.ToArray();
        RowName = rowName;
        ColumnName = columnName;
    }

    /// <summary>Heading of the heat map.</summary>
    public string Name { get; }

    /// <summary>One sentence on what is shown.</summary>
    public string Description { get; }

    /// <summary>Unit of <see cref="Values"/> as it is printed.</summary>
    public string Unit { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Values in <see cref="Unit"/>, row-major; NaN where there is no device.</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>What a row is, for example <c>word line</c>.</summary>
    public string RowName { get; }

    /// <summary>What a column is, for example <c>bit line</c>.</summary>
    public string ColumnName { get; }
}
