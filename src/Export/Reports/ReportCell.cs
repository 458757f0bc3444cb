using System.Globalization;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>A table cell: its text, how it is set, and the number it is sorted by.</summary>
internal readonly record struct ReportCell(string Text, string CssClass, string SortKey)
{
    public const string Missing = "not computed";

    public static ReportCell Words(string text) => new(text, "", "");

    public static ReportCell Code(string text) => new(text, "code", "");

    public static ReportCell Number(double? value, Func<double, string> text) => value is double number
        ? new(text(number), "number", number.ToString("R", CultureInfo.InvariantCulture))
        : new(Missing, "number missing", "");

    public static ReportCell Whole(long? value) => Number(value, v => FigureText.Whole((long)v));

    public static ReportCell Short(double? value) => Number(value, v => FigureText.Short(v));

    public static ReportCell Fixed(double? value, int decimals) => Number(value, v => FigureText.Fixed(v, decimals));

    public static ReportCell Status(string word, string kind) => new(word, "status " + kind, word);
}
