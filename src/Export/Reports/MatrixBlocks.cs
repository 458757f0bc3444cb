using System.Globalization;

namespace CircuitSim.Export.Reports;

/// <summary>Makes large matrices small enough to show.</summary>
internal static class MatrixBlocks
{
    /// <summary>The matrix itself, or the means of blocks of it, which its description then says.</summary>
    public static ReportMatrix Reduce(ReportMatrix matrix, int maximumRows, int maximumColumns)
    {
        int blockRows = (matrix.Rows + maximumRows - 1) / maximumRows, blockColumns = (matrix.Columns + maximumColumns - 1) / maximumColumns;
        if (blockRows == 1 && blockColumns == 1) return matrix;

        int rows = (matrix.Rows + blockRows - 1) / blockRows, columns = (matrix.Columns + blockColumns - 1) / blockColumns;
        double[] sums = new double[rows * columns];
        int[] counts = new int[rows * columns];
        ReadOnlySpan<double> values = matrix.Values.Span;
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                double value = values[row * matrix.Columns + column];
                if (double.IsNaN(value)) continue;

                int block = row / blockRows * columns + column / blockColumns;
                sums[block] += value;
                counts[block]++;
            }
        }

        for (int i = 0; i < sums.Length; i++) sums[i] = counts[i] == 0 ? double.NaN : sums[i] / counts[i];
        string note = string.Create(
            CultureInfo.InvariantCulture, $"Each cell is the mean of a block of {blockRows} x {blockColumns} of {matrix.Rows} x {matrix.Columns}.");
        return new ReportMatrix(
            matrix.Name, $"{matrix.Description} {note}", matrix.Unit, rows, columns, sums,
            $"block of {blockRows.ToString(CultureInfo.InvariantCulture)} {matrix.RowName}s",
            $"block of {blockColumns.ToString(CultureInfo.InvariantCulture)} {matrix.ColumnName}s");
    }
}
