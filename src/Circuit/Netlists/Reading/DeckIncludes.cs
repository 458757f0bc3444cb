namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Puts the statements of included files and library sections in the place of .include and .lib.</summary>
internal sealed class DeckIncludes(IReadOnlyList<string> folders, DeckProblems problems)
{
    private readonly Stack<string> _open = new();

    /// <summary>Replaces all .include and .lib statements.</summary>
    /// <param name="lines">Statements of one file.</param>
    /// <param name="path">That file, for the folder it lies in.</param>
    public List<DeckLine> Expand(List<DeckLine> lines, string path)
    {
        _open.Push(FullPath(path));
        var result = new List<DeckLine>(lines.Count);
        foreach (DeckLine line in lines)
        {
            if (line.Text[0] != '.')
            {
                result.Add(line);
                continue;
            }

            string[] words = Words(line.Text);
            string word = words[0].ToLowerInvariant();
            if (word is not (".include" or ".inc" or ".lib"))
            {
                result.Add(line);
                continue;
            }

            try
            {
                result.AddRange(Read(line, word == ".lib", words));
            }
            catch (DeckSyntaxError error)
            {
                problems.Error(line, error.Offset, error.Message);
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
        string file = Find(words[1], line.Path)
            ?? throw new DeckSyntaxError(line.Text.IndexOf(words[1], StringComparison.Ordinal), $"file '{words[1]}' is not found beside this file nor in the search path.");
        // A section of a library may take in another section of the same file.
        string opened = isLibrary ? $"{file}\n{words[2].ToLowerInvariant()}" : file;
        if (_open.Contains(opened)) throw new DeckSyntaxError(0, isLibrary ? $"section '{words[2]}' of library '{words[1]}' includes itself." : $"file '{words[1]}' includes itself.");
        string text;
        try
        {
            text = DeckFile.ReadText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeckSyntaxError(0, $"file '{words[1]}' cannot be read: {error.Message}");
        }

        List<DeckLine> inside = DeckLines.Read(text, file, hasTitle: false, problems, null).Lines;
        return Expand(isLibrary ? Section(inside, words[2], words[1]) : inside, file);
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
        string beside = Path.GetDirectoryName(FullPath(from)) ?? "";
        return folders.Prepend(beside).Select(f => Path.GetFullPath(Path.Combine(f, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>A text that does not come from a file may be called anything.</summary>
    private static string FullPath(string path) => path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? path : Path.GetFullPath(path);

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
