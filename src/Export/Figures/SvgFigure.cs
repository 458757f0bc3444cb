using System.Reflection;

namespace CircuitSim.Export.Figures;

/// <summary>Draws figures as SVG: the same text on every machine and under every culture, for light and dark backgrounds.</summary>
/// <remarks>
/// The markup is well-formed XML, so it stands in an HTML page as well as in a file. Colours come from <see cref="StyleSheet"/>; a file
/// holds it, a page includes it once. Embedded images are compressed by the runtime's zlib, whose bytes may differ between versions.
/// </remarks>
public static class SvgFigure
{
    /// <summary>Number of colours, chosen after Okabe and Ito (2008) to be told apart by colour-blind readers.</summary>
    public const int PaletteSize = 6;

    /// <summary>CSS rules for the classes used in figures, for screen (light and dark) and print.</summary>
    public static string StyleSheet { get; } = ReadStyleSheet();

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="writer">Where the markup goes.</param>
    /// <param name="isStandalone">True for a file of its own, which then holds the style sheet; false for use inside a page.</param>
    /// <exception cref="ArgumentException">
    /// There is nothing to draw, a value is not finite where one must be, or lengths, edges, quantiles or counts do not fit each other.
    /// </exception>
    public static void Write(Figure figure, TextWriter writer, bool isStandalone = true)
    {
        ArgumentNullException.ThrowIfNull(figure);
        figure.Draw(new MarkupWriter(writer), isStandalone);
    }

    private static string ReadStyleSheet()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("CircuitSim.Export.Figures.figure.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
