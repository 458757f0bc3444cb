using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>Reads input files whole, turning the system's errors into <see cref="InputFileException"/>.</summary>
public static class InputBytes
{
    /// <summary>Most bytes of a file of numbers.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">The most bytes that it may have.</param>
    /// <returns>Its bytes; none for a pipe or a device, which are not opened.</returns>
    /// <exception cref="InputFileException">The file is missing, a folder, too large, or cannot be read.</exception>
    public static byte[] Read(string path, long mostBytes = MostBytes)
    {
        using InputReader reader = InputReader.Open(path, mostBytes);
        return reader.ReadStored();
    }

    /// <summary>A file that another one names: it stands beside it, and is no link to elsewhere.</summary>
    /// <param name="path">The file that names it.</param>
    /// <param name="name">Its name, without a folder.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="InputFileException">The name has a folder or cannot be a name, or leads elsewhere.</exception>
    public static string Beside(string path, string name)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name is "." or ".." || name.Any(c => char.IsControl(c) || c is '/' or '\\' or ':'))
            throw new InputFileException(path, $"names the file '{CsvTable.Shown(name)}'; a plain name of a file beside it is needed, without folders and control characters.");
        string beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", name);
        if (new FileInfo(beside).LinkTarget is not null)
            throw new InputFileException(path, $"names the file '{CsvTable.Shown(name)}', which is a link; put the file itself there.");
        return beside;
    }
}
