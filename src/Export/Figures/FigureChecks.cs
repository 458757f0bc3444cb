namespace CircuitSim.Export.Figures;

/// <summary>Checks that several figures make of what they are given.</summary>
internal static class FigureChecks
{
    public static void Lengths(string what, int expected, int actual)
    {
        if (expected != actual) throw new ArgumentException($"{what} has {actual} entries; {expected} are needed.");
    }

    public static void NotEmpty(string what, int count)
    {
        if (count == 0) throw new ArgumentException($"{what} is empty; a figure needs at least one entry.");
    }

    public static void Finite(string what, IEnumerable<double> values)
    {
        foreach (double value in values)
            if (!double.IsFinite(value)) throw new ArgumentException($"{what} holds a value that is not finite.");
    }

    public static string ColourClass(int colourIndex) => colourIndex is >= 0 and < SvgFigure.PaletteSize
        ? FormattableString.Invariant($"colour-{colourIndex + 1}")
        : throw new ArgumentException(FormattableString.Invariant($"Colour {colourIndex} is not in the palette of {SvgFigure.PaletteSize}."));
}
