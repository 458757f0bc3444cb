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

    /// <summary>Draws a line chart.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="writer">Where the markup goes.</param>
    /// <param name="isStandalone">True for a file of its own, which then holds the style sheet; false for use inside a page.</param>
    /// <exception cref="ArgumentException">There is no finite point, or lengths of a series differ.</exception>
    public static void Write(LineChart chart, TextWriter writer, bool isStandalone = true)
    {
        ArgumentNullException.ThrowIfNull(chart);
        LineDrawing.Draw(chart, new MarkupWriter(writer), isStandalone);
    }

    /// <summary>Draws a scatter chart.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="writer">Where the markup goes.</param>
    /// <param name="isStandalone">True for a file of its own, which then holds the style sheet; false for use inside a page.</param>
    /// <exception cref="ArgumentException">There is no point, a value is not finite, or lengths differ.</exception>
    public static void Write(ScatterChart chart, TextWriter writer, bool isStandalone = true)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ScatterDrawing.Draw(chart, new MarkupWriter(writer), isStandalone);
    }

    /// <summary>Draws a histogram.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="writer">Where the markup goes.</param>
    /// <param name="isStandalone">True for a file of its own, which then holds the style sheet; false for use inside a page.</param>
    /// <exception cref="ArgumentException">There is no bin, edges do not rise or do not fit the counts, or a count is negative.</exception>
    public static void Write(HistogramChart chart, TextWriter writer, bool isStandalone = true)
    {
        ArgumentNullException.ThrowIfNull(chart);
        HistogramDrawing.Draw(chart, new MarkupWriter(writer), isStandalone);
    }

    /// <summary>Draws bars with confidence intervals.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="writer">Where the markup goes.</param>
    /// <param name="isStandalone">True for a file of its own, which then holds the style sheet; false for use inside a page.</param>
    /// <exception cref="ArgumentException">There is no bar, or a value is not finite.</exception>
    public static void Write(IntervalChart chart, TextWriter writer, bool isStandalone = true)
    {
        ArgumentNullException.ThrowIfNull(chart);
        IntervalDrawing.Draw(chart, new MarkupWriter(writer), isStandalone);
    }

    /// <summary>Draws box plots.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="writer">Where the markup goes.</param>
    /// <param name="isStandalone">True for a file of its own, which then holds the style sheet; false for use inside a page.</param>
    /// <exception cref="ArgumentException">There is no box, a value is not finite, or the quantiles of a box do not rise.</exception>
    public static void Write(BoxChart chart, TextWriter writer, bool isStandalone = true)
    {
        ArgumentNullException.ThrowIfNull(chart);
        BoxDrawing.Draw(chart, new MarkupWriter(writer), isStandalone);
    }

    /// <summary>Draws a confusion matrix.</summary>
    /// <param name="chart">The matrix.</param>
    /// <param name="writer">Where the markup goes.</param>
    /// <param name="isStandalone">True for a file of its own, which then holds the style sheet; false for use inside a page.</param>
    /// <exception cref="ArgumentException">The counts are not square or do not fit the class names, or a count is negative.</exception>
    public static void Write(ConfusionChart chart, TextWriter writer, bool isStandalone = true)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ConfusionDrawing.Draw(chart, new MarkupWriter(writer), isStandalone);
    }

    /// <summary>Draws a heat map with its colour scale; the cells are an embedded PNG, one pixel each.</summary>
    /// <param name="map">The heat map.</param>
    /// <param name="writer">Where the markup goes.</param>
    /// <param name="isStandalone">True for a file of its own, which then holds the style sheet; false for use inside a page.</param>
    /// <exception cref="ArgumentException">The number of values is not rows·columns, or a value is infinite.</exception>
    public static void Write(HeatMap map, TextWriter writer, bool isStandalone = true)
    {
        ArgumentNullException.ThrowIfNull(map);
        HeatMapDrawing.Draw(map, new MarkupWriter(writer), isStandalone);
    }

    /// <summary>Draws a sketch of an inverter network.</summary>
    /// <param name="sketch">The sketch.</param>
    /// <param name="writer">Where the markup goes.</param>
    /// <param name="isStandalone">True for a file of its own, which then holds the style sheet; false for use inside a page.</param>
    /// <exception cref="ArgumentException">There is no crossbar, or more than <see cref="CircuitSketch.MaximumLayerCount"/>.</exception>
    public static void Write(CircuitSketch sketch, TextWriter writer, bool isStandalone = true)
    {
        ArgumentNullException.ThrowIfNull(sketch);
        SketchDrawing.Draw(sketch, new MarkupWriter(writer), isStandalone);
    }

    private static string ReadStyleSheet()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("CircuitSim.Export.Figures.figure.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
