using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Puts words and lists on the page.</summary>
internal static class ReportFigures
{
    public static void Paragraph(MarkupWriter page, string text) => page.TextElement("p", text);

    public static void List(MarkupWriter page, string cssClass, IEnumerable<string> items)
    {
        page.Open("ul", ("class", cssClass));
        foreach (string item in items) page.TextElement("li", item);
        page.Close();
    }

    /// <summary>Names and values side by side.</summary>
    public static void Facts(MarkupWriter page, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        page.Open("dl", ("class", "facts"));
        foreach ((string name, string value) in facts)
        {
            page.Open("div");
            page.TextElement("dt", name);
            page.TextElement("dd", value);
            page.Close();
        }

        page.Close();
    }

    public static string SignalName(SignalKind signal) => signal switch
    {
        SignalKind.Gate => "gate",
        SignalKind.InvertedOutput => "inverted output n",
        SignalKind.RestoredOutput => "restored output p",
        SignalKind.Source => "input or rail",
        SignalKind.WordLine => "word-line node",
        SignalKind.BitLine => "bit-line node",
        SignalKind.BitLineCurrent => "bit-line current",
        SignalKind.DigitalNeuron => "digital neuron",
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "unknown signal"),
    };
}
