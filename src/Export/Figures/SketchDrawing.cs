using System.Text;

namespace CircuitSim.Export.Figures;

/// <summary>Draws <see cref="CircuitSketch"/>.</summary>
internal static class SketchDrawing
{
    private const double LeftPixels = 78;
    private const double RightPixels = 24;
    private const double GapPixels = 56;
    private const double GridTop = 44;
    private const double LargestSidePixels = 130;
    private const double LeadPixels = 12;
    private const double InverterPixels = 18;
    private const double BusPixels = LeadPixels + 2 * InverterPixels + 2;
    private const int DrawnWordLines = 6;
    private const int DrawnBitLines = 4;

    public static void Draw(CircuitSketch sketch, MarkupWriter svg, bool isStandalone)
    {
        int count = sketch.Layers.Count;
        FigureChecks.NotEmpty($"'{sketch.Heading.Title}'", count);
        if (count > CircuitSketch.MaximumLayerCount)
        {
            throw new ArgumentException(
                $"'{sketch.Heading.Title}' has {count} crossbars; at most {CircuitSketch.MaximumLayerCount} fit into a sketch.");
        }

        double width = sketch.Heading.WidthPixels;
        double side = Math.Min(LargestSidePixels, (width - LeftPixels - RightPixels - GapPixels * (count - 1)) / count);
        double pitch = side + GapPixels;
        svg.OpenFigure(sketch.Heading, width, GridTop + side + BusPixels + 30, "sketch", isStandalone);
        svg.TextElement("text", "inputs ±", ("x", LeftPixels - LeadPixels - 4), ("y", GridTop + side / 2 + 4), ("text-anchor", "end"));
        for (int i = 0; i < count; i++)
        {
            double left = LeftPixels + i * pitch;
            DrawCrossbar(sketch.Layers[i], i, left, side, svg);
            DrawBus(left, side, isLast: i == count - 1, svg);
        }

        svg.Close();
    }

    private static void DrawCrossbar(SketchedCrossbar crossbar, int index, double left, double side, MarkupWriter svg)
    {
        double bottom = GridTop + side, middle = left + side / 2;
        var wires = new StringBuilder();
        for (int i = 0; i < DrawnWordLines; i++) wires.Append(Move(left - LeadPixels, WordLine(i, side))).Append(Horizontal(left + side));
        for (int j = 0; j < DrawnBitLines; j++) wires.Append(Move(BitLine(j, left, side), GridTop)).Append(Vertical(bottom + LeadPixels));
        svg.TextElement("text", $"Layer {index + 1}", ("class", "label"), ("x", middle), ("y", 18), ("text-anchor", "middle"));
        svg.TextElement(
            "text", $"{FigureText.Whole(crossbar.WordLineCount)} × {FigureText.Whole(crossbar.BitLineCount)}",
            ("x", middle), ("y", 35), ("text-anchor", "middle"));
        svg.Element("path", ("class", "wire"), ("d", wires.ToString()));
        for (int i = 0; i < DrawnWordLines; i++)
        {
            for (int j = 0; j < DrawnBitLines; j++)
                svg.Element("circle", ("class", "dot colour-1"), ("cx", BitLine(j, left, side)), ("cy", WordLine(i, side)), ("r", 2.6));
        }

        for (int j = 0; j < DrawnBitLines; j++)
        {
            DrawInverter(BitLine(j, left, side), bottom + LeadPixels, svg);
            DrawInverter(BitLine(j, left, side), bottom + LeadPixels + InverterPixels, svg);
        }
    }

    // A triangle with a bubble at its tip, pointing down.
    private static void DrawInverter(double x, double top, MarkupWriter svg)
    {
        svg.Element("path", ("class", "inverter"), ("d", $"{Move(x - 6, top)}h12l-6 10z{Move(x, top + 14)}{Vertical(top + InverterPixels)}"));
        svg.Element("circle", ("class", "inverter"), ("cx", x), ("cy", top + 12), ("r", 2));
    }

    // Both outputs of every neuron leave below the inverters and rise to the word lines of the next crossbar.
    private static void DrawBus(double left, double side, bool isLast, MarkupWriter svg)
    {
        double y = GridTop + side + BusPixels, right = left + side;
        double first = BitLine(0, left, side);
        if (isLast)
        {
            svg.Element("path", ("class", "bus"), ("d", $"{Move(first, y)}{Horizontal(right + 8)}l-5 -4m5 4l-5 4"));
            svg.TextElement("text", "outputs", ("x", right + 8), ("y", y + 18), ("text-anchor", "end"));
            return;
        }

        double turn = right + GapPixels / 2 - 6, next = right + GapPixels - LeadPixels;
        string rise = $"{Move(first, y)}{Horizontal(turn)}{Vertical(GridTop + side / 2)}{Horizontal(next - 1)}";
        string spread = $"{Move(next, WordLine(0, side))}{Vertical(WordLine(DrawnWordLines - 1, side))}";
        svg.Element("path", ("class", "bus"), ("d", rise + spread));
        svg.TextElement("text", "n, p", ("x", turn - 4), ("y", y + 18), ("text-anchor", "end"));
    }

    private static double WordLine(int index, double side) => GridTop + side * (index + 0.5) / DrawnWordLines;

    private static double BitLine(int index, double left, double side) => left + side * (index + 0.5) / DrawnBitLines;

    private static string Move(double x, double y) => $"M{MarkupWriter.Number(x)} {MarkupWriter.Number(y)}";

    private static string Horizontal(double x) => "H" + MarkupWriter.Number(x);

    private static string Vertical(double y) => "V" + MarkupWriter.Number(y);
}
