namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Puts the statements of included files and library sections in the place of .include and .lib.</summary>
internal sealed class DeckIncludes
{
    // Files within files deeper than this include each other.
    private const int Deepest = 50;

    private readonly Stack<string> _open = new();
    private readonly DeckReadingOptions _options;
    private readonly DeckProblems _problems;
    private readonly string _deck;
    private readonly string[] _roots;
    private long _bytes;
    private long _files;
    private bool _isOver;

    /// <summary>Prepares for a deck.</summary>
    /// <param name="options">Where included files may lie.</param>
    /// <param name="deck">The deck's path.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="problems">Receives errors.</param>
    public DeckIncludes(DeckReadingOptions options, string deck, long bytes, DeckProblems problems)
    {
        _options = options;
        _deck = deck;
        _bytes = bytes;
        _problems = problems;
        _roots = [.. options.IncludeFolders.Concat(options.IncludeRoots).Prepend(FolderOf(deck)).Select(f => RealPath(Path.GetFullPath(f)))];
    }

    /// <summary>Replaces all .include and .lib statements of the deck.</summary>
    /// <param name="lines">Its statements.</param>
    public List<DeckLine> Expand(List<DeckLine> lines) => Expand(lines, FullPath(_deck));

    private List<DeckLine> Expand(List<DeckLine> lines, string opened)
    {
        _open.Push(opened);
        var result = new List<DeckLine>(lines.Count);
        foreach (DeckLine line in lines)
        {
            if (line.Text[0] != '.')
            {
                result.Add(line);
                continue;
            }

            string word = line.FirstWord;
            if (word is not (".include" or ".inc" or ".lib"))
            {
                result.Add(line);
                continue;
            }

            // What is beyond a limit was said once.
            if (_isOver) continue;
            _problems.ThrowIfCancelled();
            try
            {
                result.AddRange(Read(line, word == ".lib", Words(line.Text)));
            }
            catch (DeckSyntaxError error)
            {
                _problems.Error(line, error);
            }
        }

        _open.Pop();
        return result;
    }

    private List<DeckLine> Read(DeckLine line, bool isLibrary, string[] words)
    {
        if (words.Length < 2) throw new DeckSyntaxError(line.Text.Length, "the line ends here, expected a file.");
        if (words.Length > (isLibrary ? 3 : 2))
            throw new DeckSyntaxError(line.Text.IndexOf(words[isLibrary ? 3 : 2], StringComparison.Ordinal), $"found '{words[isLibrary ? 3 : 2]}', expected the end of the line; a name with blanks stands in quotes.");
        if (isLibrary && words.Length < 3) throw new DeckSyntaxError(line.Text.Length, "the line ends here, expected a section of the library.");
        int at = Math.Max(0, line.Text.IndexOf(words[1], StringComparison.Ordinal));
        string file = Find(words[1], line.Path) ?? throw new DeckSyntaxError(at, $"file '{words[1]}' is not found beside this file nor in the search path.");
        string real = RealPath(file);
        if (!Array.Exists(_roots, root => IsInside(real, root)))
            throw new DeckSyntaxError(at, $"file '{words[1]}' lies outside the deck's folder and is not read; allow its folder with --include-root DIR.");
        // A section of a library may take in another section of the same file.
        string opened = isLibrary ? $"{file}\n{words[2].ToLowerInvariant()}" : file;
        if (_open.Contains(opened)) throw new DeckSyntaxError(0, isLibrary ? $"section '{words[2]}' of library '{words[1]}' includes itself." : $"file '{words[1]}' includes itself.");
        if (_open.Count >= Deepest) throw new DeckSyntaxError(0, $"files are included more than {Deepest} deep.");
        if (++_files > _options.Limits.Includes)
        {
            _isOver = true;
            throw new DeckSyntaxError(0, $"more than {_options.Limits.Includes} files are included; raise the limit with --limit includes=N.");
        }

        string text = Text(file, words[1]);
        List<DeckLine> inside = DeckLines.Read(text, file, hasTitle: false, _problems, null).Lines;
        return Expand(isLibrary ? Section(inside, words[2], words[1]) : inside, opened);
    }

    private string Text(string file, string name)
    {
        try
        {
            string text = DeckFile.ReadText(file, _options.Limits.Bytes - _bytes, CancellationToken.None);
            _bytes += new FileInfo(file).Length;
            return text;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DeckSyntaxError(0, $"file '{name}' cannot be read: {error.Message}");
        }
    }

    private static List<DeckLine> Section(List<DeckLine> lines, string section, string file)
    {
        int begin = lines.FindIndex(l => Words(l.Text) is [var w, var name] && Same(w, ".lib") && Same(name, section));
        if (begin < 0) throw new DeckSyntaxError(0, $"library '{file}' has no section '{section}'.");
        int end = lines.FindIndex(begin, l => Same(Words(l.Text)[0], ".endl"));
        if (end < 0) throw new DeckSyntaxError(0, $"section '{section}' of library '{file}' is never closed; expected .endl.");
        return lines[(begin + 1)..end];
    }

    private string? Find(string name, string from)
    {
        if (name.Contains('\0', StringComparison.Ordinal)) return null;
        return _options.IncludeFolders.Prepend(FolderOf(from)).Select(f => Path.GetFullPath(Path.Combine(f, name))).FirstOrDefault(File.Exists);
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(FullPath(path)) is { Length: > 0 } folder ? folder : Path.GetFullPath(".");

    /// <summary>A text that does not come from a file may be called anything.</summary>
    private static string FullPath(string path) => path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(path);

    private static bool IsInside(string file, string folder) => file.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path without links, so that a link does not lead out of a folder.</summary>
    private static string RealPath(string path, int depth = 0)
    {
        // Links within links deeper than this lead in a circle.
        if (depth > 40) throw new DeckSyntaxError(0, "links lead in a circle.");
        string current = Path.GetPathRoot(path)!;
        foreach (string part in path[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            current = Path.Combine(current, part);
            FileSystemInfo info = Directory.Exists(current) ? new DirectoryInfo(current) : new FileInfo(current);
            if (info.LinkTarget is { } target) current = RealPath(Path.GetFullPath(target, Path.GetDirectoryName(current)!), depth + 1);
        }

        return current;
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    /// <summary>Words between blanks; quotes keep the blanks inside them and are taken off.</summary>
    private static string[] Words(string text)
    {
        var words = new List<string>();
        for (int at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            bool isQuoted = text[at] is '"' or '\'';
            int end = isQuoted ? text.IndexOf(text[at], at + 1) : -1;
            if (end < 0)
            {
                end = at;
                while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
                isQuoted = false;
            }

            words.Add(text[(isQuoted ? at + 1 : at)..end].Trim('"', '\''));
            at = isQuoted ? end + 1 : end;
        }

        return words.Count > 0 ? [.. words] : [""];
    }
}
