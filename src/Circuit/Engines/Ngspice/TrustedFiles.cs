namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>The files that a deck may name: those in its own folder and in folders that the user trusts, links followed to their ends.</summary>
internal sealed class TrustedFiles
{
    private const int MostLinks = 40;

    private readonly IReadOnlyList<string> _trusted, _included;
    private readonly string _own;

    internal TrustedFiles(string deckPath, DeckTrust trust)
    {
        _own = RealPath(FolderOf(deckPath));
        _trusted = [.. trust.Folders.Select(f => RealPath(Path.GetFullPath(f)))];
        _included = [.. _trusted, .. trust.IncludeFolders.Select(f => RealPath(Path.GetFullPath(f)))];
    }

    /// <summary>Where a name leads: beside the file that names it, else in a folder that the user named; null when nothing is there.</summary>
    internal string? Find(string name, string from)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal)) return null;
        return _included.Prepend(FolderOf(from)).Select(folder => Path.GetFullPath(Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>Whether a file lies in the deck's folder or in one that the user named.</summary>
    internal bool Allows(string path) => _included.Prepend(_own).Any(folder => Contains(folder, RealPath(path)));

    /// <summary>Whether a file lies in a folder that the user trusts.</summary>
    internal bool IsTrusted(string path) => _trusted.Any(folder => Contains(folder, RealPath(path)));

    private static bool Contains(string folder, string path) =>
        path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string FolderOf(string path) =>
        path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? Path.GetFullPath(".") : Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetFullPath(".");

    /// <summary>The path with every link in it replaced by where it leads.</summary>
    private static string RealPath(string path)
    {
        string real = Path.GetPathRoot(path) ?? "";
        var left = new Stack<string>(path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        for (int links = 0; left.Count > 0;)
        {
            string next = Path.Combine(real, left.Pop());
            string? target = links < MostLinks ? new FileInfo(next).LinkTarget : null;
            if (target is null)
            {
                real = next;
                continue;
            }

            links++;
            string full = Path.GetFullPath(Path.Combine(real, target));
            real = Path.GetPathRoot(full) ?? "";
            foreach (string part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse()) left.Push(part);
        }

        return real;
    }
}
