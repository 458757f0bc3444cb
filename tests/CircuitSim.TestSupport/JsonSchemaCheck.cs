using System.Text.Json;
using Xunit.Sdk;

namespace CircuitSim.TestSupport;

/// <summary>Holds a document against a JSON Schema (draft 2020-12), for the keywords that our schemas use; a keyword it does not know fails the test.</summary>
public static class JsonSchemaCheck
{
    private static readonly string[] Notes = ["$schema", "$id", "$defs", "title", "description"];

    /// <summary>Fails with every place where the document breaks the schema.</summary>
    /// <param name="schemaFile">The schema.</param>
    /// <param name="document">Text of the document.</param>
    public static void Holds(string schemaFile, string document)
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(schemaFile)), value = JsonDocument.Parse(document);
        List<string> violations = Violations(schema.RootElement, schema.RootElement, value.RootElement, "$");
        if (violations.Count > 0) throw new XunitException($"Against {Path.GetFileName(schemaFile)}:\n{string.Join('\n', violations.Take(20))}");
    }

    private static void Check(JsonElement root, JsonElement schema, JsonElement value, string place, List<string> violations)
    {
        foreach (JsonProperty rule in schema.EnumerateObject())
        {
            if (Notes.Contains(rule.Name)) continue;
            switch (rule.Name)
            {
                case "$ref":
                    Check(root, root.GetProperty("$defs").GetProperty(rule.Value.GetString()!["#/$defs/".Length..]), value, place, violations);
                    break;
                case "type":
                    if (!Types(rule.Value).Any(t => IsOf(t, value))) violations.Add($"{place}: {value.ValueKind} is not {rule.Value.GetRawText()}");
                    break;
                case "const":
                    if (!JsonElement.DeepEquals(rule.Value, value)) violations.Add($"{place}: {value.GetRawText()} is not {rule.Value.GetRawText()}");
                    break;
                case "enum":
                    if (!rule.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value))) violations.Add($"{place}: {value.GetRawText()} is none of {rule.Value.GetRawText()}");
                    break;
                case "anyOf":
                    // The nearest alternative says best what is wrong.
                    violations.AddRange(rule.Value.EnumerateArray().Select(s => Violations(root, s, value, place)).MinBy(v => v.Count)!);
                    break;
                case "items":
                    if (value.ValueKind == JsonValueKind.Array)
                        foreach ((int i, JsonElement item) in value.EnumerateArray().Index()) Check(root, rule.Value, item, $"{place}[{i}]", violations);
                    break;
                case "required":
                    if (value.ValueKind == JsonValueKind.Object)
                        violations.AddRange(rule.Value.EnumerateArray().Where(k => !value.TryGetProperty(k.GetString()!, out _)).Select(k => $"{place}: lacks {k.GetString()}"));
                    break;
                case "properties":
                    if (value.ValueKind == JsonValueKind.Object)
                        foreach (JsonProperty property in rule.Value.EnumerateObject())
                            if (value.TryGetProperty(property.Name, out JsonElement held)) Check(root, property.Value, held, $"{place}.{property.Name}", violations);
                    break;
                case "additionalProperties" when rule.Value.ValueKind == JsonValueKind.False:
                    if (value.ValueKind == JsonValueKind.Object)
                        violations.AddRange(value.EnumerateObject().Where(p => !schema.GetProperty("properties").TryGetProperty(p.Name, out _)).Select(p => $"{place}: {p.Name} is not in the schema"));
                    break;
                default:
                    throw new XunitException($"The check does not know the keyword '{rule.Name}' of the schema.");
            }
        }
    }

    private static List<string> Violations(JsonElement root, JsonElement schema, JsonElement value, string place)
    {
        var violations = new List<string>();
        Check(root, schema, value, place, violations);
        return violations;
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) && number == decimal.Truncate(number),
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new XunitException($"The check does not know the type '{type}'."),
    };
}
