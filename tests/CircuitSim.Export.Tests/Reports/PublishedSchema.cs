using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Tests.Reports;

/// <summary>Makes the published JSON Schema of a document from the type that is written, with the words of its documentation.</summary>
internal sealed class PublishedSchema
{
    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _words = [];
    private readonly JsonSerializerOptions _contract = new(FidelityJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private PublishedSchema(Type root)
    {
        foreach (string assembly in new[] { root.Assembly.Location, typeof(Mapping.Devices.DeviceCard).Assembly.Location })
            foreach (XElement member in XDocument.Load(Path.ChangeExtension(assembly, ".xml")).Descendants("member"))
                _words[member.Attribute("name")!.Value] = Words(member.Element("summary"));
    }

    /// <summary>The schema as text.</summary>
    /// <param name="root">Type of the document.</param>
    /// <param name="id">Name of the schema, with its version.</param>
    /// <param name="title">What the document is.</param>
    public static string Of(Type root, string id, string title)
    {
        var schema = new PublishedSchema(root);
        JsonObject body = schema.Describe(root);
        var document = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = $"urn:circuitsim:{id}", ["title"] = title };
        foreach ((string key, JsonNode? value) in body.ToArray())
        {
            body.Remove(key);
            document[key] = value;
        }

        var definitions = new JsonObject();
        foreach ((string name, JsonObject definition) in schema._definitions) definitions[name] = definition;
        document["$defs"] = definitions;
        return document.ToJsonString(FidelityJson.Options) + "\n";
    }

    private JsonObject Describe(Type type)
    {
        JsonTypeInfo info = _contract.GetTypeInfo(type);
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (JsonPropertyInfo property in info.Properties)
        {
            JsonObject value = Value(property.PropertyType, property.IsGetNullable);
            var described = new JsonObject { ["description"] = _words[$"P:{type.FullName}.{Member(type, property.Name)}"] };
            foreach ((string key, JsonNode? node) in value.ToArray())
            {
                value.Remove(key);
                described[key] = node;
            }

            if (property.Name == "schemaVersion") described["const"] = 1;
            properties[property.Name] = described;
            // Everything is written always, null where there is no value.
            required.Add(property.Name);
        }

        return new JsonObject
        {
            ["description"] = _words[$"T:{type.FullName}"],
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = required,
            ["additionalProperties"] = false,
        };
    }

    private JsonObject Value(Type type, bool isNullable)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Value(underlying, isNullable: true);
        if (type == typeof(string)) return Simple("string", isNullable);
        if (type == typeof(bool)) return Simple("boolean", isNullable);
        if (type == typeof(double)) return Simple("number", isNullable);
        if (type == typeof(int) || type == typeof(long) || type == typeof(ulong)) return Simple("integer", isNullable);
        if (type.IsEnum)
        {
            var names = new JsonArray([.. Enum.GetValues(type).Cast<object>().Select(v => JsonSerializer.SerializeToNode(v, type, _contract)), .. isNullable ? [null] : Array.Empty<JsonNode?>()]);
            return new JsonObject { ["enum"] = names };
        }

        if (type.IsGenericType && _contract.GetTypeInfo(type).ElementType is { } element)
        {
            JsonObject list = Simple("array", isNullable);
            list["items"] = Value(element, isNullable: false);
            return list;
        }

        if (!_definitions.ContainsKey(type.Name))
        {
            // Kept before it is described, in case it holds itself.
            _definitions[type.Name] = [];
            _definitions[type.Name] = Describe(type);
        }

        var reference = new JsonObject { ["$ref"] = $"#/$defs/{type.Name}" };
        return isNullable ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }

    private static JsonObject Simple(string type, bool isNullable) =>
        new() { ["type"] = isNullable ? new JsonArray(type, "null") : type };

    private static string Member(Type type, string key) => type.GetProperties().Single(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == key).Name;

    private static string Words(XElement? summary)
    {
        if (summary is null) return "";
        IEnumerable<string> parts = summary.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('.')[^1] ?? "",
            XElement other => other.Value,
            _ => "",
        });
        return string.Join(' ', string.Concat(parts).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
