using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Export.Reports;

namespace CircuitSim.Cli;

/// <summary>Prints a solved crossbar: one JSON document, or a table with one row a bit line and one column a set of sources.</summary>
internal static class CrossbarOutput
{
    // A million cross-points on a line of their own would help nobody.
    private static readonly JsonSerializerOptions JsonOptions = new(FidelityJson.Options)
    {
        WriteIndented = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal static void WriteJson(TextWriter output, CrossbarSpec spec, IReadOnlyList<CrossbarOperatingPoint> points, double seconds)
    {
        bool isOpen = spec.BitLineEnd == BitLineEnd.Open, hasNodes = !points[0].WordLineNodeVolts.IsEmpty;
        output.Write(JsonSerializer.Serialize(new
        {
            schemaVersion = 1,
            method = points[0].Method,
            iterations = points.Max(p => p.Iterations),
            seconds,
            errorEstimateVolts = points.Max(p => p.ErrorEstimateVolts),
            bitLineAmps = isOpen ? null : points.Select(p => p.BitLineEndAmps),
            bitLineVolts = isOpen ? points.Select(p => p.BitLineEndVolts) : null,
            wordLineNodeVolts = hasNodes ? points.Select(p => Rows(spec, p.WordLineNodeVolts)) : null,
            bitLineNodeVolts = hasNodes ? points.Select(p => Rows(spec, p.BitLineNodeVolts)) : null,
        }, JsonOptions) + "\n");
    }

    internal static void WriteText(TextWriter output, CrossbarSpec spec, IReadOnlyList<CrossbarOperatingPoint> points, double seconds)
    {
        bool isOpen = spec.BitLineEnd == BitLineEnd.Open;
        Line(output, $"crossbar {spec.WordLineCount} x {spec.BitLineCount}: {Words(points[0].Method)}, at most {points.Max(p => p.Iterations)} iterations, estimated error {points.Max(p => p.ErrorEstimateVolts):G2} V, {1e3 * seconds:G3} ms");
        string quantity = isOpen ? "v" : "i", unit = isOpen ? "V" : "A";
        output.Write(string.Join('\t', ["bit line", .. points.Select((_, k) => $"{quantity}{k + 1} ({unit})")]) + "\n");
        for (int j = 0; j < spec.BitLineCount; j++)
            output.Write(string.Join('\t', [Text(j + 1), .. points.Select(p => Text((isOpen ? p.BitLineEndVolts : p.BitLineEndAmps).Span[j]))]) + "\n");
        if (!points[0].WordLineNodeVolts.IsEmpty) WriteNodes(output, spec, points);
    }

    private static void WriteNodes(TextWriter output, CrossbarSpec spec, IReadOnlyList<CrossbarOperatingPoint> points)
    {
        output.Write(string.Join('\t', ["word line", "bit line", .. points.SelectMany((_, k) => new[] { $"w{k + 1} (V)", $"b{k + 1} (V)" })]) + "\n");
        for (int i = 0; i < spec.WordLineCount; i++)
            for (int j = 0; j < spec.BitLineCount; j++)
            {
                int at = i * spec.BitLineCount + j;
                output.Write(string.Join('\t',
                    [Text(i + 1), Text(j + 1), .. points.SelectMany(p => new[] { Text(p.WordLineNodeVolts.Span[at]), Text(p.BitLineNodeVolts.Span[at]) })]) + "\n");
            }
    }

    private static IEnumerable<ReadOnlyMemory<double>> Rows(CrossbarSpec spec, ReadOnlyMemory<double> nodes) =>
        Enumerable.Range(0, spec.WordLineCount).Select(i => nodes.Slice(i * spec.BitLineCount, spec.BitLineCount));

    private static string Words(CrossbarMethod method) =>
        string.Concat(method.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static void Line(TextWriter output, FormattableString text) => output.Write(text.ToString(CultureInfo.InvariantCulture) + "\n");
}
