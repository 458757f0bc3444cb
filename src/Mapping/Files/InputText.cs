using System.Text;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>Reads text files of tables line by line, turning the system's errors into <see cref="InputFileException"/>.</summary>
public static class InputText
{
    private const long MostBytes = 64 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines of a file.</summary>
    /// <param name="path">The file, UTF-8, of at most 64 MB.</param>
    /// <returns>The lines without their ends.</returns>
    /// <exception cref="InputFileException">The file is missing, too large, cannot be read, or holds bytes that are no UTF-8.</exception>
    public static IEnumerable<string> ReadLines(string path)
    {
        using InputReader file = InputReader.Open(path, MostBytes);
        using var reader = new StreamReader(file.Content, StrictUtf8);
        while (Next(reader, path) is string line) yield return line;
    }

    private static string? Next(StreamReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException e)
        {
            throw new InputFileException(path, "holds bytes that are no UTF-8; save it as UTF-8.", innerException: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw InputReader.Unreadable(path, e);
        }
    }
}
