using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Reports;

namespace CircuitSim.Cli;

/// <summary>Prints what went wrong: text on the error stream and, with <c>--json</c>, one document on the output.</summary>
internal static class ErrorOutput
{
    /// <summary>The document: where it is, what is wrong and what to do; null where that is not known.</summary>
    internal sealed record ErrorDocument(string? File, int? Line, int? Column, string What, string? Next);

    internal static void WriteJson(TextWriter output, ErrorDocument error) =>
        output.Write(JsonSerializer.Serialize(new { schemaVersion = 1, error }, FidelityJson.Options) + "\n");

    /// <summary>Takes an error apart into its place, its problem and the next step.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="text">What is printed of it.</param>
    internal static ErrorDocument Describe(Exception exception, string text) => exception switch
    {
        DeckSyntaxException e => Describe(e.Errors[0], e.Errors.Count - 1),
        InputFileException e => Split(e.Path, e.Line, e.Column, WithoutPlace(text), null),
        FileNotFoundException { FileName: { } file } => Split(file, null, null, text, null),
        _ => Split(null, null, null, text, null),
    };

    private static ErrorDocument Describe(DeckDiagnostic first, int others) => Split(
        first.Path, first.Line, first.Column, others == 0 ? first.Message : $"{first.Message} ({others} more on the error stream.)", first.Message.Length);

    /// <summary>By the style of our messages the next step is the last sentence, or stands behind the last semicolon.</summary>
    private static ErrorDocument Split(string? file, int? line, int? column, string message, int? length)
    {
        string said = message[..(length ?? message.Length)], rest = message[said.Length..];
        int semicolon = said.LastIndexOf("; ", StringComparison.Ordinal), sentence = said.TrimEnd('.').LastIndexOf(". ", StringComparison.Ordinal);
        int cut = Math.Max(semicolon, sentence);
        if (cut < 0) return new ErrorDocument(file, line, column, message, null);
        string next = said[(cut + 2)..];
        return new ErrorDocument(file, line, column, said[..cut].TrimEnd('.') + "." + rest, char.ToUpperInvariant(next[0]) + next[1..]);
    }

    /// <summary>A message of a file begins with its place, which the document has beside it.</summary>
    private static string WithoutPlace(string text)
    {
        int end = text.IndexOf(": ", StringComparison.Ordinal);
        return end < 0 ? text : text[(end + 2)..];
    }
}
