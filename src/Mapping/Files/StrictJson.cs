using System.Text.Json;
using System.Text.Json.Serialization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>How JSON files of this program are written, and how they are read: an unknown key, a missing one or a null is an error.</summary>
public static class StrictJson
{
    /// <summary>Most bytes of a JSON file; numbers in bulk are kept in NumPy files.</summary>
    public const long MostBytes = 64 << 20;

    /// <summary>The options, which cannot be changed.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is not, for messages, for example "not a trained network".</param>
    /// <param name="next">What to do next, or nothing.</param>
    /// <param name="options">How it is read, or null for <see cref="Options"/>.</param>
    /// <typeparam name="T">What the file describes.</typeparam>
    /// <returns>The description, never null; lists in it hold no null, texts are valid Unicode, and numbers are finite.</returns>
    /// <exception cref="InputFileException">The file is missing, too large, or no such document; the message names line and key.</exception>
    public static T Read<T>(string path, string what, string next = "", JsonSerializerOptions? options = null)
        where T : class => Parse<T>(InputBytes.Read(path, MostBytes), path, what, next, options);

    /// <summary>Reads a document that is in memory.</summary>
    /// <param name="bytes">The document, UTF-8.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <param name="what">What it is not, for messages.</param>
    /// <param name="next">What to do next, or nothing.</param>
    /// <param name="options">How it is read, or null for <see cref="Options"/>.</param>
    /// <typeparam name="T">What the document describes.</typeparam>
    /// <returns>As for <see cref="Read"/>.</returns>
    /// <exception cref="InputFileException">It is no such document.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> bytes, string path, string what, string next = "", JsonSerializerOptions? options = null)
        where T : class
    {
        try
        {
            RequireWhole(bytes);
            return JsonSerializer.Deserialize<T>(bytes, options ?? Options) ?? throw new JsonException("The file holds null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            var json = e as JsonException;
            string text = e.Message.Split(" Path:")[0].Split(" LineNumber:")[0], at = string.IsNullOrEmpty(json?.Path) || json.Path == "$" ? "" : $" (at {CsvTable.Shown(json.Path)})";
            throw new InputFileException(
                path, $"{what}: {text}{at}{(next.Length > 0 ? " " + next : "")}", (int?)json?.LineNumber + 1, (int?)json?.BytePositionInLine + 1, innerException: e);
        }
    }

    // What the serialiser lets through or trips over: nulls in lists, texts that are no Unicode, numbers beyond double precision.
    private static void RequireWhole(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        var isList = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    isList.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    isList.Pop();
                    break;
                case JsonTokenType.Null when isList.TryPeek(out bool isInList) && isInList:
                    throw Problem("a list holds null; leave the entry out, or give it a value.", bytes, reader.TokenStartIndex);
                case JsonTokenType.Number when !reader.TryGetDouble(out double number) || !double.IsFinite(number):
                    throw Problem("a number is beyond double precision.", bytes, reader.TokenStartIndex);
                case JsonTokenType.String or JsonTokenType.PropertyName:
                    try
                    {
                        reader.GetString();
                    }
                    catch (InvalidOperationException)
                    {
                        throw Problem("a text is no valid Unicode: its bytes are no UTF-8, or half of a surrogate pair stands alone.", bytes, reader.TokenStartIndex);
                    }

                    break;
            }
        }
    }

    private static JsonException Problem(string text, ReadOnlySpan<byte> bytes, long at)
    {
        ReadOnlySpan<byte> before = bytes[..(int)at];
        return new JsonException(text, path: null, before.Count((byte)'\n'), at - (before.LastIndexOf((byte)'\n') + 1));
    }

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
