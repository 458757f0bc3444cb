using System.Globalization;

namespace CircuitSim.Circuit.Netlists;

/// <summary>Numbers in decks: round-trip digits with a plain exponent when written, every SPICE scale suffix when read.</summary>
public static class SpiceNumber
{
    private const double Mil = 25.4e-6;

    /// <summary>Writes a number so that reading it gives the same bits, for example <c>126600</c> or <c>1.2e-7</c>; never with a suffix.</summary>
    /// <param name="value">A finite number.</param>
    /// <returns>The shortest digits that read back exactly, in invariant culture.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not a number or infinite; no deck can hold it.</exception>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A deck holds finite numbers only; leave the element out or give it a finite value.");
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        if (exponent < 0) return text;

        int power = int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, exponent)}e{power}");
    }

    /// <summary>Reads a number with an optional scale suffix (t g meg k mil m u n p f a, either case) and a unit that is ignored, as in <c>10kOhm</c>.</summary>
    /// <param name="text">The number and nothing else.</param>
    /// <param name="value">The number, scaled; 0 when the text is no number.</param>
    /// <returns>True when the whole text is a finite number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        int mantissa = MantissaLength(text);
        if (mantissa == 0) return false;
        int exponentEnd = mantissa + ExponentLength(text[mantissa..]);
        ReadOnlySpan<char> suffix = text[exponentEnd..];
        foreach (char c in suffix)
            if (!char.IsLetter(c)) return false;

        (int power, double factor) = Scale(suffix);
        int exponent = 0;
        if (exponentEnd > mantissa
            && !int.TryParse(text[(mantissa + 1)..exponentEnd], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)) return false;
        // The suffix moves the decimal exponent before rounding, so 0.1u is the double nearest to 1e-7.
        string plain = string.Create(CultureInfo.InvariantCulture, $"{text[..mantissa]}e{Math.Clamp((long)exponent + power, -9999, 9999)}");
        if (!double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)) return false;
        value = parsed * factor;
        if (double.IsFinite(value)) return true;
        value = 0;
        return false;
    }

    /// <summary>True for a number whose suffix begins with a: atto, but often meant as amperes.</summary>
    internal static bool IsAtto(ReadOnlySpan<char> text)
    {
        int mantissa = MantissaLength(text);
        int end = mantissa + ExponentLength(text[mantissa..]);
        return mantissa > 0 && end < text.Length && text[end] is ('a' or 'A');
    }

    /// <summary>Length of the number that begins at a place in a text, with its suffix and unit; 0 when none begins there.</summary>
    internal static int LengthAt(string text, int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start);
        int length = MantissaLength(rest);
        if (length == 0) return 0;
        length += ExponentLength(rest[length..]);
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] == '_')) length++;
        return length;
    }

    private static int MantissaLength(ReadOnlySpan<char> text)
    {
        int at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        int digits = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++) digits++;
        if (at < text.Length && text[at] == '.')
            for (at++; at < text.Length && char.IsAsciiDigit(text[at]); at++) digits++;
        return digits > 0 ? at : 0;
    }

    private static int ExponentLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] is not ('e' or 'E')) return 0;
        int at = text[1] is '+' or '-' ? 2 : 1;
        int first = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at > first ? at : 0;
    }

    private static (int Power, double Factor) Scale(ReadOnlySpan<char> suffix)
    {
        if (suffix.StartsWith("meg", StringComparison.OrdinalIgnoreCase)) return (6, 1);
        if (suffix.StartsWith("mil", StringComparison.OrdinalIgnoreCase)) return (0, Mil);
        if (suffix.IsEmpty) return (0, 1);
        return char.ToLowerInvariant(suffix[0]) switch
        {
            't' => (12, 1),
            'g' => (9, 1),
            'k' => (3, 1),
            'm' => (-3, 1),
            'u' or 'µ' or 'μ' => (-6, 1),
            'n' => (-9, 1),
            'p' => (-12, 1),
            'f' => (-15, 1),
            'a' => (-18, 1),
            _ => (0, 1),
        };
    }
}
