namespace CircuitSim.Mapping.Files;

/// <summary>Writes a file beside its place and moves it there when it is whole, so that no reader ever sees half of it.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file and puts it in place.</summary>
    /// <param name="path">Where the file shall stand; an existing one is replaced when the new one is whole.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.part");
        try
        {
            using (FileStream stream = File.Create(beside)) write(stream);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

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
