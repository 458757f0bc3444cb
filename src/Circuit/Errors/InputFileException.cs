namespace CircuitSim.Circuit.Errors;

/// <summary>A file that the user named is missing, cannot be read, or holds something that its format does not allow.</summary>
public sealed class InputFileException : CircuitSimException
{
    /// <summary>Creates the error for a place in a file.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="problem">What is wrong and what to do, without the place.</param>
    /// <param name="line">Line number from 1, for text files.</param>
    /// <param name="column">Column number from 1, for text files.</param>
    /// <param name="byteOffset">Offset in bytes from the start, for binary files.</param>
    /// <param name="innerException">The error that led to this one, if any.</param>
    public InputFileException(
        string path, string problem, int? line = null, int? column = null, long? byteOffset = null, Exception? innerException = null)
        : base($"{Place(path, line, column, byteOffset)}: {problem}", innerException)
    {
        Path = path;
        Line = line;
        Column = column;
        ByteOffset = byteOffset;
    }

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Line number from 1, or null when the whole file is meant.</summary>
    public int? Line { get; }

    /// <summary>Column number from 1, or null when the whole line is meant.</summary>
    public int? Column { get; }

    /// <summary>Offset in bytes from the start of a binary file, or null.</summary>
    public long? ByteOffset { get; }

    private static string Place(string path, int? line, int? column, long? byteOffset) => (line, column, byteOffset) switch
    {
        (int l, int c, _) => $"{path}({l},{c})",
        (int l, null, _) => $"{path}({l})",
        (_, _, long b) => $"{path} at byte {b}",
        _ => path,
    };
}
