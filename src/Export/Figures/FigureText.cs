using System.Globalization;
using System.Text;

namespace CircuitSim.Export.Figures;

/// <summary>Text of figures and pages: escaping, numbers for people, and how wide a text will be.</summary>
internal static class FigureText
{
    public const double FontPixels = 12;

    private const char Minus = '\u2212';

    /// <summary>Text that means itself in XML and HTML, in elements and in quoted attributes; characters XML forbids become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            string? entity = c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => null,
            };
            if (entity is not null) escaped.Append(entity);
            else if (isPair) escaped.Append(c).Append(text[++i]);
            else escaped.Append(IsAllowed(c) ? c : '\uFFFD');
        }

        return escaped.ToString();
    }

    private static bool IsAllowed(char c) =>
        c is '\t' or '\n' || !(char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF');

    /// <summary>A number with a fixed number of decimals and a true minus sign.</summary>
    public static string Fixed(double value, int decimals)
    {
        string text = Math.Abs(value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        bool isZero = text.AsSpan().IndexOfAnyExcept('0', '.') < 0;
        return value < 0 && !isZero ? Minus + text : text;
    }

    /// <summary>A number with three significant digits, for example <c>22.6</c>, <c>0.0043</c> or <c>8.4e−11</c>.</summary>
    public static string Short(double value, int digits = 3)
    {
        if (value == 0) return "0";

        double size = Math.Abs(value);
        int exponent = (int)Math.Floor(Math.Log10(size));
        // 9.996 with three digits is 10.0: rounding may lead to the next power.
        if (Math.Round(size / Math.Pow(10, exponent), digits - 1) >= 10) exponent++;
        if (exponent is < -4 or > 6)
        {
            string format = "0." + new string('#', digits - 1) + "e0";
            return (value < 0 ? Minus.ToString() : "") + size.ToString(format, CultureInfo.InvariantCulture).Replace('-', Minus);
        }

        return Fixed(value, Math.Max(0, digits - 1 - exponent));
    }

    /// <summary>A number that somebody chose, with the digits it was given with.</summary>
    public static string Plain(double value)
    {
        double size = Math.Abs(value);
        string format = size is > 0 and (< 1e-4 or >= 1e7) ? "0.################e0" : "0.################";
        string text = size.ToString(format, CultureInfo.InvariantCulture);
        return (value < 0 ? Minus.ToString() : "") + text.Replace('-', Minus);
    }

    /// <summary>A whole number with thin spaces between groups of three digits, from five digits on.</summary>
    public static string Whole(long value)
    {
        string digits = Math.Abs((decimal)value).ToString(CultureInfo.InvariantCulture);
        if (digits.Length >= 5)
            for (int i = digits.Length - 3; i > 0; i -= 3) digits = digits.Insert(i, "\u202F");
        return value < 0 ? Minus + digits : digits;
    }

    /// <summary>The text as part of a file name: letters a to z, digits, and hyphens for all else.</summary>
    public static string FileName(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (char c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c)) name.Append(c);
            else if (name.Length > 0 && name[^1] != '-') name.Append('-');
        }

        return name.ToString().TrimEnd('-');
    }

    /// <summary>The text with a capital at its begin.</summary>
    public static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Estimated width of a text in pixels; 0.62 em a character suits wide sans-serif fonts.</summary>
    public static double Width(string text, double fontPixels = FontPixels) => 0.62 * fontPixels * text.Length;

    /// <summary>The text, shortened with an ellipsis to a number of characters.</summary>
    public static string Shorten(string text, int characters) => text.Length <= characters ? text : text[..(characters - 1)] + "…";
}
