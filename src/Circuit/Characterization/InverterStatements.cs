using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Characterization;

/// <summary>The statements of a deck that make an inverter: everything but its analyses, control blocks and sources.</summary>
/// <remarks>
/// Works on text, because the deck may hold models that only its simulator reads. Statements left out become empty comments, so that line
/// numbers in messages stay those of the user's file; names of included files become absolute.
/// </remarks>
internal sealed class InverterStatements
{
    private static readonly HashSet<string> KeptCommands =
    [
        ".model", ".param", ".params", ".func", ".subckt", ".ends", ".lib", ".endl", ".include", ".inc", ".global",
        ".option", ".options", ".temp", ".if", ".elseif", ".else", ".endif",
    ];

    private readonly List<string> _lines = [];
    private readonly string _folder;
    private readonly InverterSource _source;

    private InverterStatements(InverterSource source)
    {
        _source = source;
        _folder = Path.GetDirectoryName(Path.GetFullPath(source.DeckPath))!;
    }

    /// <summary>First line of the deck.</summary>
    internal string Title => _lines.Count > 0 ? _lines[0] : "";

    /// <summary>Lines below the title, as many as the deck has up to its end.</summary>
    internal IEnumerable<string> Lines => _lines.Skip(1);

    /// <summary>The same without empty comments.</summary>
    internal IReadOnlyList<string> Statements => [.. Lines.Where(l => l != "*")];

    internal static InverterStatements Read(InverterSource source)
    {
        var statements = new InverterStatements(source);
        statements.Sort(ReadText(source.DeckPath));
        return statements;
    }

    /// <summary>Ports of a subcircuit, lower case, or null when neither the deck nor what it includes defines it.</summary>
    internal IReadOnlyList<string>? Ports(string subcircuit) => FindPorts(Lines, subcircuit.ToLowerInvariant(), 0);

    private void Sort(string text)
    {
        int depth = 0;
        bool isControl = false, isKept = true, isFirst = true;
        foreach (string raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            string line = raw.Trim();
            if (isFirst)
            {
                _lines.Add(line.TrimStart('\uFEFF'));
                isFirst = false;
                continue;
            }

            string[] words = Words(line);
            string head = words.Length > 0 ? words[0].ToLowerInvariant() : "*";
            if (head == ".end") return;
            if (head == ".control") isControl = true;
            // A continuation shares the fate of its statement; comments say nothing.
            if (head[0] != '+' && head[0] is not ('*' or ';' or '$')) isKept = !isControl && IsKept(head, words, depth);
            if (head == ".endc") isControl = isKept = false;
            if (head == ".subckt") depth++;
            if (head == ".ends") depth = Math.Max(0, depth - 1);
            _lines.Add(isKept && head[0] is not ('*' or ';' or '$') ? WithFullPath(line, head, words) : "*");
        }
    }

    private bool IsKept(string head, string[] words, int depth)
    {
        if (head[0] == '.') return KeptCommands.Contains(head);
        if (depth > 0) return true;
        if (_source.Subcircuit is not null) return false;
        return head[0] is not ('v' or 'i') || words.Length < 3 || !(IsPort(words[1]) || IsPort(words[2]));
    }

    // Ground carries other sources too, and is no port by itself.
    private bool IsPort(string node) => node != Netlists.Netlist.Ground
        && new[] { _source.Input, _source.Output, _source.PositiveRail, _source.NegativeRail }.Any(p => p.Equals(node, StringComparison.OrdinalIgnoreCase));

    private string WithFullPath(string line, string head, string[] words)
    {
        bool isInclude = head is ".include" or ".inc" || (head == ".lib" && words.Length > 2);
        if (!isInclude || words.Length < 2) return line;

        string name = words[1].Trim('"', '\''), full = Path.GetFullPath(Path.Combine(_folder, name));
        return File.Exists(full) ? $"{words[0]} \"{full}\" {string.Join(' ', words.Skip(2))}".TrimEnd() : line;
    }

    private static List<string>? FindPorts(IEnumerable<string> lines, string subcircuit, int depth)
    {
        const int deepest = 16;
        var joined = new List<string>();
        foreach (string line in lines)
        {
            if (line.StartsWith('+') && joined.Count > 0) joined[^1] += " " + line[1..];
            else joined.Add(line);
        }

        foreach (string line in joined)
        {
            string[] words = Words(line.ToLowerInvariant());
            if (words.Length > 1 && words[0] == ".subckt" && words[1] == subcircuit)
                return [.. words.Skip(2).TakeWhile(w => !w.Contains('=') && w is not ("params:" or "param:" or ";" or "$"))];
            if (words.Length < 2 || words[0] is not (".include" or ".inc" or ".lib") || depth == deepest) continue;

            string file = Words(line)[1].Trim('"', '\'');
            if (!File.Exists(file)) continue;
            string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            IEnumerable<string> inside = ReadText(file).ReplaceLineEndings("\n").Split('\n').Select(l => Absolute(l.Trim(), folder));
            if (FindPorts(inside, subcircuit, depth + 1) is { } ports) return ports;
        }

        return null;
    }

    private static string Absolute(string line, string folder)
    {
        string[] words = Words(line);
        return words.Length > 1 && words[0].ToLowerInvariant() is ".include" or ".inc" or ".lib"
            ? $"{words[0]} {Path.GetFullPath(Path.Combine(folder, words[1].Trim('"', '\'')))}"
            : line;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputFileException(path, $"the deck cannot be read: {error.Message} Check the path.", innerException: error);
        }
    }
}
