using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Reports;

/// <summary>Writes and reads <c>fidelity.json</c>: camel-case keys with units, finite numbers only, UTF-8, line ends <c>\n</c>.</summary>
public static class FidelityJson
{
    /// <summary>How every JSON file and document of a run is written: camel case, two spaces, plain line feeds.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // The file is never part of a page, so names keep their characters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Writes the document as indented JSON.</summary>
    /// <param name="document">The document; every number finite.</param>
    /// <param name="stream">Where the text goes; left open.</param>
    /// <exception cref="ArgumentException">A number is NaN or infinite; the contract has null for a number that could not be had.</exception>
    public static void Write(FidelityDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(stream);

        byte[] text;
        try
        {
            text = JsonSerializer.SerializeToUtf8Bytes(document, Options);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"The report of '{document.Name}' holds a NaN or an infinity; give null for a number that could not be had.",
                nameof(document), exception);
        }

        stream.Write(text);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads a document that <see cref="Write"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The document.</returns>
    /// <exception cref="InputFileException">
    /// The file is missing, cannot be read, has another schema version, is no such document, or its lists do not fit each other.
    /// </exception>
    public static FidelityDocument Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);

        string text = ReadText(path);
        try
        {
            CheckVersion(path, text);
            // The version check has seen an object, so the result is not null.
            FidelityDocument document = JsonSerializer.Deserialize<FidelityDocument>(text, Options)!;
            IReadOnlyList<string> violations = DocumentShape.Violations(document);
            return violations.Count == 0 ? document : throw new InputFileException(path, string.Join(" ", violations));
        }
        catch (JsonException exception)
        {
            throw new InputFileException(
                path,
                $"not a fidelity document (at {exception.Path ?? "$"}): {exception.Message} Write it again with 'circuitsim check'.",
                Number(exception.LineNumber),
                Number(exception.BytePositionInLine),
                innerException: exception);
        }
    }

    /// <summary>Reads another document of a run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should hold, with its article, for errors.</param>
    /// <returns>The document.</returns>
    /// <exception cref="InputFileException">The file is missing, cannot be read or holds something else.</exception>
    internal static T ReadPart<T>(string path, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(InputBytes.Read(path), Options)
                ?? throw new InputFileException(path, $"holds null; {what} is an object. Run that stage again.");
        }
        catch (JsonException e)
        {
            throw new InputFileException(path, $"not {what}: {e.Message} Run that stage again.", (int?)e.LineNumber + 1, innerException: e);
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(path, $"cannot be read: {exception.Message}", innerException: exception);
        }
    }

    // A newer document may differ anywhere, so its version is looked at before its members are.
    private static void CheckVersion(string path, string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw new InputFileException(path, $"holds a JSON {json.RootElement.ValueKind}; a fidelity document is an object.");

        bool isGiven = json.RootElement.TryGetProperty("schemaVersion", out JsonElement version);
        bool isNumber = isGiven && version.ValueKind == JsonValueKind.Number;
        if (!isNumber || !version.TryGetInt32(out int number) || number != FidelityDocument.CurrentSchemaVersion)
        {
            throw new InputFileException(
                path,
                $"schemaVersion is {(isGiven ? version.GetRawText() : "missing")}; "
                + $"this program reads version {FidelityDocument.CurrentSchemaVersion}. Use the program version that wrote the file.");
        }
    }

    private static int? Number(long? zeroBased) => zeroBased is long value ? (int)Math.Min(value + 1, int.MaxValue) : null;
}
