using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>Writes a folder beside its place and moves it there when it is whole.</summary>
public static class AtomicFolder
{
    /// <summary>Writes a folder and puts it in place of the one that stands there.</summary>
    /// <param name="folder">Where the folder shall stand.</param>
    /// <exception cref="InputFileException">A link stands there: what it leads to is not touched.</exception>
    /// <param name="write">Makes the folder it is given, and its content.</param>
    public static void Replace(string folder, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        InnerPath.RefuseLink(Path.TrimEndingDirectorySeparator(folder));
        string whole = Path.GetFullPath(Path.TrimEndingDirectorySeparator(folder));
        string beside = Path.Combine(Path.GetDirectoryName(whole)!, AtomicFile.Beside(Path.GetFileName(whole)));
        try
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
            write(beside);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.Move(beside, folder);
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }
    }
}
