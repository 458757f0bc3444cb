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
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private const string What = "a fidelity document", Next = "Write it again with 'circuitsim check'.";

    // A sample that an engine has not solved has no class and no difference there.
    private static readonly string[] ListsWithNulls = ["classes", "worstVolts"];

    private static readonly JsonSerializerOptions VersionOptions = new(Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectRequiredConstructorParameters = false,
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

        byte[] bytes = InputBytes.Read(path);
        Version version = JsonInput.Read<Version>(bytes, path, What, Next, VersionOptions, null, ListsWithNulls);
        // A newer document may differ anywhere, so its version is looked at before its members are.
        JsonElement? number = version.SchemaVersion;
        if (number is not { ValueKind: JsonValueKind.Number } || !number.Value.TryGetInt32(out int read) || read != FidelityDocument.CurrentSchemaVersion)
        {
            throw new InputFileException(
                path,
                $"schemaVersion is {number?.GetRawText() ?? "missing"}; "
                + $"this program reads version {FidelityDocument.CurrentSchemaVersion}. Use the program version that wrote the file.");
        }

        FidelityDocument document = JsonInput.Read<FidelityDocument>(bytes, path, What, Next, Options, null, ListsWithNulls);
        IReadOnlyList<string> violations = DocumentShape.Violations(document);
        return violations.Count == 0 ? document : throw new InputFileException(path, string.Join(" ", violations));
    }

    /// <summary>Reads another document of a run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should hold, with its article, for errors.</param>
    /// <returns>The document.</returns>
    /// <exception cref="InputFileException">The file is missing, cannot be read or holds something else.</exception>
    internal static T ReadPart<T>(string path, string what)
        where T : class => JsonInput.Read<T>(path, what, "Run that stage again.", Options, ListsWithNulls);

    /// <summary>Makes something of a document that was read; where its lists do not fit each other, that is said of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="InputFileException">The document does not hold together.</exception>
    internal static T Use<T>(string path, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException
            or KeyNotFoundException or OverflowException or DivideByZeroException or InvalidCastException or FormatException)
        {
            throw new InputFileException(
                path, $"its lists do not fit each other ({e.Message}). Write it again with 'circuitsim check'; if that does not help, report the trace of --verbose.", innerException: e);
        }
    }

    private sealed record Version(JsonElement? SchemaVersion);
}
