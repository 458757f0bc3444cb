using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>Paths that stand in files: they stay in the folder of the file that names them.</summary>
public static class InnerPath
{
    /// <summary>The file that another one names.</summary>
    /// <param name="naming">The file in which the name stands.</param>
    /// <param name="name">The name, relative to its folder, parts separated by <c>/</c>.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="InputFileException">The name is empty, absolute, leads out of the folder, holds a character that no path has, or the file or a folder on the way to it is a link.</exception>
    public static string Of(string naming, string name)
    {
        ArgumentNullException.ThrowIfNull(naming);
        ArgumentNullException.ThrowIfNull(name);
        string[] parts = name.Split('/');
        bool isPlain = Array.TrueForAll(parts, p => p.Length > 0 && p is not ("." or "..") && !p.Any(c => char.IsControl(c) || c is '\\' or ':'));
        if (!isPlain)
            throw new InputFileException(naming, $"names the file '{Shown(name)}'; a file that it names stands in its own folder, as a plain name without '..', drives or control characters.");
        string path = Path.GetDirectoryName(naming) ?? "";
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            RefuseLink(path);
        }

        return path;
    }

    /// <summary>Refuses a link where a file of a run is read or written.</summary>
    /// <param name="path">A file or folder, which need not be there.</param>
    /// <exception cref="InputFileException">It is a link.</exception>
    public static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is null) return;
        throw new InputFileException(path, "is a link; what it leads to is neither read nor written. Put the file itself there, or remove the link.");
    }

    private static string Shown(string name) => new([.. name.Take(60).Select(c => char.IsControl(c) ? '?' : c)]);
}
