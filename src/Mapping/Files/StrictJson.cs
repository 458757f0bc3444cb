using System.Text.Json;
using System.Text.Json.Serialization;

namespace CircuitSim.Mapping.Files;

/// <summary>How JSON files of this program are written, and how they are read: an unknown key, a missing one or a null is an error.</summary>
public static class StrictJson
{
    /// <summary>The options, which cannot be changed.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            NewLine = "\n",
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
