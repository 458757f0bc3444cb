using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Matrices as heat maps.</summary>
internal static class HeatMapSection
{
    public static void Write(ReportMatrices matrices, ReportPage page)
    {
        WriteGroup(page, "Conductances", "Conductance", matrices.Conductances);
        WriteGroup(page, "Voltages", "Voltage", matrices.Voltages);
    }

    private static void WriteGroup(ReportPage page, string heading, string quantity, IReadOnlyList<ReportMatrix> matrices)
    {
        if (matrices.Count == 0) return;

        page.TextElement("h3", heading);
        page.Open("div", ("class", "gallery two"));
        foreach (ReportMatrix matrix in matrices)
        {
            var map = new HeatMap
            {
                Heading = new()
                {
                    Title = $"{matrix.Name}. {matrix.Description}",
                    Description = Summary(matrix),
                    WidthPixels = 460,
                    HeightPixels = 410,
                },
                ValueAxis = new() { Label = quantity, Unit = matrix.Unit },
                RowName = matrix.RowName,
                ColumnName = matrix.ColumnName,
                Rows = matrix.Rows,
                Columns = matrix.Columns,
                Values = matrix.Values,
            };
            page.Figure(FigureText.FileName(matrix.Name), map);
        }

        page.Close();
    }

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
