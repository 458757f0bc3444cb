using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>Writes a file beside its place and moves it there when it is whole, so that no reader ever sees half of it.</summary>
public static class AtomicFile
{
    private const string Ending = ".part";

    /// <summary>Whether a file or folder of this name was left half written by a process that ended.</summary>
    /// <param name="name">Name without its folder.</param>
    /// <returns>True for names that only unfinished files and folders have.</returns>
    public static bool IsLeftover(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.StartsWith('.') || !name.EndsWith(Ending, StringComparison.Ordinal)) return false;
        string number = name[(name[..^Ending.Length].LastIndexOf('.') + 1)..^Ending.Length];
        return number.Length > 0 && number.All(char.IsAsciiDigit);
    }

    /// <summary>Name of a file or folder while it is not whole: hidden, and of this process.</summary>
    internal static string Beside(string name) => $".{name}.{Environment.ProcessId}{Ending}";

    /// <summary>Writes a file and puts it in place.</summary>
    /// <param name="path">Where the file shall stand; an existing one is replaced when the new one is whole.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="InputFileException">A link stands there: what it leads to is not touched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        InnerPath.RefuseLink(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string beside = Path.Combine(folder, Beside(Path.GetFileName(path)));
        // A file of that name was left by a dead process of our number, or is a link: a new one is made in either case.
        File.Delete(beside);
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None)) write(stream);
            File.Move(beside, path, overwrite: true);
        }
        catch (ArgumentOutOfRangeException e) when (IsTooLarge(e))
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Appends a text to a file that grows.</summary>
    /// <param name="path">The file; made if needed.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InputFileException">A link stands there: what it leads to is not touched.</exception>
    public static void Append(string path, string text)
    {
        InnerPath.RefuseLink(path);
        try
        {
            File.AppendAllText(path, text);
        }
        catch (ArgumentOutOfRangeException e) when (IsTooLarge(e))
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
    }

    // A file that may not grow any further (EFBIG) is an ArgumentOutOfRangeException to .NET.
    private static bool IsTooLarge(ArgumentOutOfRangeException e) => e.ParamName == "value";

    /// <summary>Writes a text file, UTF-8 without a mark and with plain line feeds as the writer gives them.</summary>
    /// <param name="path">Where the file shall stand.</param>
    /// <param name="write">Writes the text.</param>
    public static void WriteText(string path, Action<TextWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            write(writer);
        });
    }
}
