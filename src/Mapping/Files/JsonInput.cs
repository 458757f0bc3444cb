using System.Text.Json;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>Reads JSON that a stranger may have written: what is no such document is an <see cref="InputFileException"/>, whatever is wrong with it.</summary>
public static class JsonInput
{
    /// <summary>Largest JSON file that is read, bytes: several times the largest document of a run.</summary>
    public const long MostBytes = 256L << 20;

    private const int MostDepth = 64;

    /// <summary>Reads a file.</summary>
    /// <typeparam name="T">The document.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should hold, with its article, for errors.</param>
    /// <param name="next">What to do when it does not, one sentence.</param>
    /// <param name="options">How the document is read.</param>
    /// <param name="listsWithNulls">Keys of lists whose entries may be null; all others hold none. Members are null where their type says so.</param>
    /// <returns>The document.</returns>
    /// <exception cref="InputFileException">
    /// The file is missing, cannot be read, is larger than <see cref="MostBytes"/>, or holds something else: no JSON, another shape, a null in a list, a number beyond the range of doubles.
    /// </exception>
    public static T Read<T>(string path, string what, string next, JsonSerializerOptions options, params string[] listsWithNulls)
        where T : class => Read<T>(InputBytes.Read(path, MostBytes), path, what, next, options, null, listsWithNulls);

    /// <summary>Reads a document from bytes.</summary>
    /// <typeparam name="T">The document.</typeparam>
    /// <param name="bytes">UTF-8 text.</param>
    /// <param name="path">Where it comes from, for errors.</param>
    /// <param name="what">What it should hold, with its article, for errors.</param>
    /// <param name="next">What to do when it does not, one sentence.</param>
    /// <param name="options">How the document is read.</param>
    /// <param name="line">Line of the file that the bytes are, or null when they are the whole file.</param>
    /// <param name="listsWithNulls">Keys of lists whose entries may be null.</param>
    /// <returns>The document.</returns>
    /// <exception cref="InputFileException">The bytes hold something else.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes, string path, string what, string next, JsonSerializerOptions options, int? line, params string[] listsWithNulls)
        where T : class
    {
        try
        {
            CheckValues(bytes, listsWithNulls);
            return JsonSerializer.Deserialize<T>(bytes, options) ?? throw new JsonException("it holds null.");
        }
        catch (JsonException e)
        {
            string message = e.Message.Split(" Path:")[0].Split(" LineNumber:")[0];
            throw new InputFileException(
                path, $"not {what}{(string.IsNullOrEmpty(e.Path) ? "" : $" (at {e.Path})")}: {message} {next}", line ?? Number(e.LineNumber), Number(e.BytePositionInLine), innerException: e);
        }
        // Constructors of documents, and text that is no Unicode, end in these.
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or OverflowException or FormatException)
        {
            throw new InputFileException(path, $"not {what}: {e.Message} {next}", line, innerException: e);
        }
    }

    private static int? Number(long? zeroBased) => zeroBased is long value ? (int)Math.Min(value + 1, int.MaxValue) : null;

    private static void CheckValues(ReadOnlySpan<byte> bytes, string[] listsWithNulls)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MostDepth });
        // Whether nulls are refused where the reader stands: in a list, unless its key allows them.
        var refusesNull = new Stack<bool>();
        bool isKeyFree = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    CheckText(reader, bytes);
                    isKeyFree = false;
                    foreach (string key in listsWithNulls) isKeyFree |= reader.ValueTextEquals(key);
                    break;
                case JsonTokenType.StartArray:
                    refusesNull.Push(!isKeyFree);
                    break;
                case JsonTokenType.StartObject:
                    refusesNull.Push(false);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    refusesNull.Pop();
                    break;
                case JsonTokenType.Null when refusesNull.TryPeek(out bool isRefused) && isRefused:
                    throw new JsonException("a list holds null.", null, LineOf(bytes, reader.TokenStartIndex), null);
                case JsonTokenType.String:
                    CheckText(reader, bytes);
                    break;
                case JsonTokenType.Number when !reader.TryGetDouble(out double value) || !double.IsFinite(value):
                    throw new JsonException("a number is beyond the range of doubles.", null, LineOf(bytes, reader.TokenStartIndex), null);
            }
        }
    }

    private static void CheckText(Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        try
        {
            reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            const string Message = "a text is no valid Unicode: its bytes are no UTF-8, or half of a surrogate pair stands alone.";
            throw new JsonException(Message, null, LineOf(bytes, reader.TokenStartIndex), null, e);
        }
    }

    private static long LineOf(ReadOnlySpan<byte> bytes, long position) => bytes[..(int)position].Count((byte)'\n');
}
