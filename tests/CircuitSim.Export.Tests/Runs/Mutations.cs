using System.Text;
using System.Text.Json.Nodes;
using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Export.Tests.Runs;

/// <summary>Texts that somebody has changed: by their structure, so that most of them get past the first look, or by their bytes.</summary>
internal static class Mutations
{
    private static readonly string[] Values =
    [
        "null", "[]", "{}", "[null]", "true", "-1", "0", "1e308", "1e999", "-2147483648", "2147483647", "4294967296", "9007199254740993", "0.5", "\"\"", "\"x\"",
        "\"a\\u0000\"", "\"@half@\"", "\"../../mine\"", "\"/etc/hostname\"", "\"NaN\"", "[[[[1]]]]", "\"\\u202eabc\"",
    ];

    /// <summary>A JSON text with one or two changes.</summary>
    internal static byte[] Json(byte[] text, CounterRandom random)
    {
        // Now and then bytes instead of structure.
        if (random.Below(0, 6) == 0) return Bytes(text, random);
        string result = Encoding.UTF8.GetString(text);
        int changes = 1 + random.Below(1, 2);
        for (int c = 0; c < changes; c++)
        {
            JsonNode? root = Parse(result);
            if (root is null) break;
            var places = new List<(JsonNode Parent, object Key)>();
            Gather(root, places);
            if (places.Count == 0) break;
            (JsonNode parent, object key) = places[random.Below((ulong)(10 * c + 2), places.Count)];
            Change(parent, key, random, 10 * c);
            result = root.ToJsonString();
        }

        // Half a character, which no writer of JSON would write.
        return Encoding.UTF8.GetBytes(result.Replace("@half@", "\\ud800", StringComparison.Ordinal));
    }

    /// <summary>A YAML text with a line or a value changed.</summary>
    internal static string Yaml(string text, CounterRandom random)
    {
        List<string> lines = [.. text.Split('\n')];
        int line = random.Below(0, lines.Count);
        string[] tokens =
        [
            "[", "]", "{", "}", ": ", "- ", "&a ", "*a", "!!binary ", "? ", "|", ">", "%YAML 9.9", "---", "...", "\0", "\t", "'", "\"\\UFFFFFFFF\"", "\ud800", "~", "1e999", "-1",
            "2147483648", "999999999999", "0x10", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "null", "", "../x", "a\u0000b", "\u2028", "# ", "<<: *a", "!<tag:x> y", "\uFEFF",
        ];
        string token = tokens[random.Below(1, tokens.Length)];
        switch (random.Below(2, 6))
        {
            case 0: lines.RemoveAt(line); break;
            case 1: lines.Insert(line, lines[random.Below(3, lines.Count)]); break;
            case 2: lines.Insert(line, token); break;
            case 3: lines[line] = lines[line].Insert(random.Below(3, lines[line].Length + 1), token); break;
            case 4:
                int colon = lines[line].IndexOf(": ", StringComparison.Ordinal);
                if (colon >= 0) lines[line] = lines[line][..(colon + 2)] + token;
                break;
            default:
                // One value in braces.
                int comma = lines[line].LastIndexOf(", ", StringComparison.Ordinal);
                if (comma >= 0) lines[line] = lines[line][..(comma + 2)] + token + " }";
                break;
        }

        return string.Join('\n', lines);
    }

    /// <summary>A text cut, or with some bytes changed.</summary>
    internal static byte[] Bytes(byte[] text, CounterRandom random)
    {
        byte[] changed = [.. text];
        if (changed.Length == 0) return changed;
        if (random.Below(100, 3) == 0) return changed[..random.Below(101, changed.Length)];
        for (int i = 0; i < 1 + random.Below(102, 4); i++)
            changed[random.Below((ulong)(200 + 2 * i), changed.Length)] = (byte)random.Below((ulong)(201 + 2 * i), 256);
        return changed;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static void Change(JsonNode parent, object key, CounterRandom random, int at)
    {
        string value = Values[random.Below((ulong)(at + 3), Values.Length)];
        JsonNode? node = Parse(value);
        switch (parent)
        {
            case JsonArray list:
                int index = (int)key;
                switch (random.Below((ulong)(at + 4), 4))
                {
                    case 0: list.RemoveAt(index); break;
                    case 1: list.Insert(index, list[index]?.DeepClone()); break;
                    case 2: list.Insert(index, node); break;
                    default: list[index] = node; break;
                }

                break;
            case JsonObject entry:
                string name = (string)key;
                switch (random.Below((ulong)(at + 4), 4))
                {
                    case 0: entry.Remove(name); break;
                    case 1: entry[name + "x"] = node; break;
                    default: entry[name] = node; break;
                }

                break;
        }
    }

    private static void Gather(JsonNode node, List<(JsonNode, object)> places)
    {
        switch (node)
        {
            case JsonArray list:
                for (int i = 0; i < list.Count; i++)
                {
                    // Of long lists of numbers the ends say enough.
                    if (i >= 3 && i < list.Count - 1) continue;
                    places.Add((list, i));
                    if (list[i] is { } item) Gather(item, places);
                }

                break;
            case JsonObject entry:
                foreach ((string name, JsonNode? value) in entry)
                {
                    places.Add((entry, name));
                    if (value is not null) Gather(value, places);
                }

                break;
        }
    }
}
