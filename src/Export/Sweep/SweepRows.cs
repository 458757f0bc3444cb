using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Sweep;

/// <summary>Writes one row a chip: a table for spreadsheets, and JSON lines for programs.</summary>
internal static class SweepRows
{
    private static readonly string[] Columns =
    [
        "chip", "accuracy_percent", "correct", "samples", "agreeing_with_trained", "output_rms_millivolts", "power_milliwatts",
        "programming_rms_siemens", "pulses", "programming_joules", "gave_up", "stuck", "line_defects", "good", "failure",
    ];

    internal static void Write(SweepFolder folder, IReadOnlyList<SweepPoint> points, IReadOnlyList<(ChipRecord Record, bool? IsGood)> chips)
    {
        string[] keys = [.. points.SelectMany(p => p.Values).Select(v => v.Key).Distinct()];
        AtomicFile.WriteText(folder.Table, writer =>
        {
            WriteLine(writer, ["point", "grid", .. keys, .. Columns]);
            foreach ((ChipRecord record, bool? isGood) in chips) WriteLine(writer, Fields(keys, points[record.Point - 1], record, isGood));
        });
        AtomicFile.WriteText(folder.Rows, writer =>
        {
            foreach ((ChipRecord record, bool? isGood) in chips)
            {
                JsonObject row = JsonSerializer.SerializeToNode(record, SweepJournal.LineOptions)!.AsObject();
                row["values"] = new JsonObject(points[record.Point - 1].Values.Select(v => new KeyValuePair<string, JsonNode?>(v.Key, v.Value)));
                row["accuracyPercent"] = record.AccuracyPercent;
                row["good"] = isGood;
                writer.Write(row.ToJsonString(SweepJournal.LineOptions));
                writer.Write('\n');
            }
        });
    }

    private static IEnumerable<string> Fields(string[] keys, SweepPoint point, ChipRecord record, bool? isGood)
    {
        Dictionary<string, string> values = point.Values.ToDictionary(v => v.Key, v => v.Value);
        return
        [
            Text(point.Index), Text(point.Grid), .. keys.Select(key => values.GetValueOrDefault(key, "")),
            Text(record.Chip), Text(record.AccuracyPercent), Text(record.CorrectCount), Text(record.SampleCount), Text(record.AgreeingCount),
            Text(record.OutputRmsMillivolts), Text(record.PowerMilliwatts), Text(record.ProgrammingRmsSiemens), Text(record.Pulses),
            Text(record.ProgrammingJoules), Text(record.GaveUpCount), Text(record.StuckCount), Text(record.LineDefectCount),
            isGood switch { true => "yes", false => "no", null => "" }, record.Failure ?? "",
        ];
    }

    // RFC 4180: a field with a comma, a quote or a line end stands in quotes.
    private static void WriteLine(TextWriter writer, IEnumerable<string> fields)
    {
        writer.Write(string.Join(',', fields.Select(f => f.AsSpan().IndexOfAny(",\"\r\n") < 0 ? f : $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
        writer.Write('\n');
    }

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
