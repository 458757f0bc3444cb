using CircuitSim.Export.Attribution;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Matrices as heat maps.</summary>
internal static class HeatMapSection
{
    public static void Write(ReportMatrices matrices, ReportPage page)
    {
        foreach ((string heading, string quantity, IReadOnlyList<ReportMatrix> group) in
            (ReadOnlySpan<(string, string, IReadOnlyList<ReportMatrix>)>)[("Conductances", "Conductance", matrices.Conductances), ("Voltages", "Voltage", matrices.Voltages)])
        {
            if (group.Count == 0) continue;

            page.TextElement("h3", heading);
            WriteGroup(page, quantity, group);
        }
    }

    public static void WriteGroup(ReportPage page, string quantity, IReadOnlyList<ReportMatrix> matrices)
    {
        page.Open("div", ("class", "gallery two"));
        foreach (ReportMatrix matrix in matrices) page.Figure(FigureText.FileName(matrix.Name), Map(matrix, quantity));
        page.Close();
    }

    public static HeatMap Map(ReportMatrix matrix, string quantity) => new()
    {
        Heading = new()
        {
            Title = $"{matrix.Name}. {matrix.Description}",
            Description = Summary(matrix),
            WidthPixels = 420,
            HeightPixels = 390,
        },
        ValueAxis = new() { Label = quantity, Unit = matrix.Unit },
        RowName = matrix.RowName,
        ColumnName = matrix.ColumnName,
        Rows = matrix.Rows,
        Columns = matrix.Columns,
        Values = matrix.Values,
    };

    /// <summary>A map of a document as a matrix of the page.</summary>
    public static ReportMatrix Of(string name, ReducedMap map)
    {
        bool isWhole = map.BlockWordLines == 1 && map.BlockBitLines == 1;
        string blocks = isWhole ? "" : $" Means of blocks of {FigureText.Whole(map.BlockWordLines)} × {FigureText.Whole(map.BlockBitLines)} of {FigureText.Whole(map.WordLineCount)} × {FigureText.Whole(map.BitLineCount)}.";
        return new ReportMatrix(
            name, $"{FigureText.Capitalised(map.Quantity.TrimEnd('.'))}.{blocks}", map.Unit, map.Rows, map.Columns, map.Values.ToArray(), Line(map.BlockWordLines, "word line"), Line(map.BlockBitLines, "bit line"));
    }

    private static string Line(int block, string name) => block == 1 ? name : $"block of {FigureText.Whole(block)} {name}s";

    private static string Summary(ReportMatrix matrix)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in matrix.Values.Span)
        {
            if (double.IsNaN(value)) continue;

            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        string size = $"{FigureText.Whole(matrix.Rows)} rows ({matrix.RowName}) by "
            + $"{FigureText.Whole(matrix.Columns)} columns ({matrix.ColumnName})";
        return low <= high ? $"{size}, {FigureText.Short(low)} to {FigureText.Short(high)} {matrix.Unit}." : $"{size}, all blank.";
    }
}
