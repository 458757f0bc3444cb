using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Writes tables whose first column heads its row.</summary>
internal static class ReportTable
{
    // Longer texts may break into lines, so that a table fits a narrow screen.
    private const int KeptHeadCharacters = 26;
    private const int KeptCellCharacters = 18;

    /// <summary>Writes a table; columns and rows that belong to an engine can be shown and hidden with it.</summary>
    public static void Write(
        MarkupWriter page, string caption, IReadOnlyList<string> columns, IReadOnlyList<ReportCell[]> rows, ReportCell[]? totals = null,
        IReadOnlyList<string?>? columnEngines = null, IReadOnlyList<string?>? rowEngines = null)
    {
        page.Open("div", ("class", "table-scroll"), ("role", "region"), ("aria-label", caption), ("tabindex", "0"));
        page.Open("table", ("class", rows.Count > 2 ? "sortable" : "plain"));
        page.TextElement("caption", caption);
        page.Open("thead");
        page.Open("tr");
        for (int i = 0; i < columns.Count; i++)
        {
            bool isNumber = rows.Count > 0 && rows[0][i].CssClass.StartsWith("number", StringComparison.Ordinal);
            page.TextElement("th", columns[i], [("scope", "col"), ("class", isNumber ? "number" : "words"), .. ReportEngine.Mark(columnEngines?[i])]);
        }

        page.Close();
        page.Close();
        page.Open("tbody");
        for (int i = 0; i < rows.Count; i++) WriteRow(page, rows[i], columnEngines, rowEngines?[i]);
        page.Close();
        if (totals is not null)
        {
            page.Open("tfoot");
            WriteRow(page, totals, columnEngines, null);
            page.Close();
        }

        page.Close();
        page.Close();
    }

    private static void WriteRow(MarkupWriter page, ReportCell[] cells, IReadOnlyList<string?>? columnEngines, string? rowEngine)
    {
        page.Open("tr", ReportEngine.Mark(rowEngine));
        for (int i = 0; i < cells.Length; i++)
        {
            ReportCell cell = cells[i];
            int kept = i == 0 ? KeptHeadCharacters : KeptCellCharacters;
            string cssClass = cell.CssClass.Length == 0 && cell.Text.Length <= kept ? "short" : cell.CssClass;
            bool isStatus = cell.CssClass.StartsWith("status", StringComparison.Ordinal);
            (string Name, MarkupValue Value)[] attributes =
            [
                .. i == 0 ? [("scope", "row")] : Array.Empty<(string, MarkupValue)>(),
                .. cssClass.Length > 0 && !isStatus ? [("class", cssClass)] : Array.Empty<(string, MarkupValue)>(),
                .. cell.SortKey.Length > 0 ? [("data-sort", cell.SortKey)] : Array.Empty<(string, MarkupValue)>(),
                .. ReportEngine.Mark(columnEngines?[i]),
            ];
            string element = i == 0 ? "th" : "td";
            if (isStatus)
            {
                page.Open(element, attributes);
                page.TextElement("span", cell.Text, ("class", cell.CssClass));
                page.Close();
            }
            else
            {
                page.TextElement(element, cell.Text, attributes);
            }
        }

        page.Close();
    }
}
