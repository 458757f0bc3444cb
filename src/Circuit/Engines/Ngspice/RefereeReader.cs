using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>Cuts a deck into statements as ngspice does, puts included files in their places, and refuses what is no circuit.</summary>
internal sealed class RefereeReader(string deckPath, DeckTrust trust)
{
    private const long MostBytes = 256L << 20, MostFileBytes = 128L << 20;
    private const int MostDepth = 40;

    // Statements that describe a circuit or ask for an analysis.
    private static readonly HashSet<string> Circuit =
    [
        ".model", ".subckt", ".ends", ".macro", ".eom", ".param", ".params", ".parameters", ".func", ".global", ".ic", ".nodeset", ".options", ".option", ".opt", ".temp", ".save",
        ".if", ".elseif", ".else", ".endif", ".op", ".dc", ".tran", ".ac", ".noise", ".tf", ".sens", ".pz", ".disto", ".sp", ".pss",
    ];

    // Statements that only print or name a result, or hide text from a listing; ngspice turns some of them into commands.
    private static readonly HashSet<string> Printing =
        [".print", ".plot", ".four", ".fourier", ".probe", ".width", ".title", ".csparam", ".meas", ".measure", ".prot", ".unprot", ".protect", ".unprotect"];

    // Code models that start programs or load libraries, and parameters that name files.
    private static readonly string[] Reaching = ["d_process", "d_cosim", "process_file", "sim_args", "lib_args"];

    private readonly TrustedFiles _files = new(deckPath, trust);
    private readonly List<RefereeStatement> _statements = [];
    private readonly List<string> _settings = [];
    private readonly List<string> _control = [];
    private readonly HashSet<string> _leftOut = [];
    private readonly List<string> _open = [];
    private long _bytes;

    /// <summary>What was left out, one sentence each.</summary>
    internal IReadOnlyList<string> LeftOut => [.. _leftOut];

    /// <summary>Settings for before the deck is read: models and compatibility that come from a trusted folder.</summary>
    internal IReadOnlyList<string> Settings => _settings;

    /// <summary>Commands of the control block that are kept.</summary>
    internal IReadOnlyList<string> Control => _control;

    /// <summary>Reads a whole deck.</summary>
    /// <exception cref="InputFileException">It holds what is refused, or a file is missing.</exception>
    internal IReadOnlyList<RefereeStatement> Read(string text)
    {
        Include(Statements(text, deckPath, hasTitle: true, _leftOut), deckPath);
        return _statements;
    }

    /// <summary>Checks lines that decks will hold as they are, without looking into files that they include.</summary>
    /// <exception cref="InvalidDesignException">A line is no statement of a circuit; all such lines are named.</exception>
    internal static void RequireCircuit(string subject, IReadOnlyList<string> lines)
    {
        var violations = new List<string>();
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i]?.Trim() ?? "";
            try
            {
                if (line.AsSpan().IndexOfAny('\n', '\r') >= 0) throw new InputFileException("", "holds a line break; write two lines.", i + 1);
                if (line.StartsWith("*#", StringComparison.Ordinal)) throw new InputFileException("", "begins with *#, which ngspice runs as a command; remove it.", i + 1);
                if (line.Length == 0 || line[0] is '*' or '$' or ';' or '+')
                {
                    CheckCharacters(line, "", i + 1);
                    continue;
                }

                foreach (RefereeStatement statement in Statements(line, "", hasTitle: false))
                    if (statement.FirstWord is not (".include" or ".inc" or ".lib" or ".endl")) Check(statement);
            }
            catch (InputFileException e)
            {
                violations.Add($"Line {i + 1} {e.Message[(e.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..]}");
            }
        }

        if (violations.Count > 0) throw new InvalidDesignException(subject, violations);
    }

    /// <summary>Reads a file of bounded size as text.</summary>
    /// <exception cref="InputFileException">It is missing, too large, or no file.</exception>
    internal static string ReadFile(string path, string? from, int line)
    {
        try
        {
            var file = new FileInfo(path);
            // A device or a pipe has no length; opening one may never end.
            if (!file.Exists || file.Length == 0) throw Refused("is missing, empty or no regular file; check the path");
            if (file.Length > MostFileBytes) throw Refused(string.Create(CultureInfo.InvariantCulture, $"has {file.Length} bytes; at most {MostFileBytes} are read"));
            return File.ReadAllText(path, RefereeDeck.Encoding);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refused($"cannot be read: {error.Message}");
        }

        InputFileException Refused(string problem) => from is null
            ? new InputFileException(path, $"the deck {problem}.")
            : new InputFileException(from, $"file '{Path.GetFileName(path)}' {problem}.", line);
    }

    private void Include(List<RefereeStatement> statements, string path)
    {
        _bytes += statements.Sum(s => (long)s.Joined.Length);
        if (_bytes > MostBytes) throw new InputFileException(path, string.Create(CultureInfo.InvariantCulture, $"holds more than {MostBytes} bytes with what it includes; split the deck."));
        bool isControl = false;
        foreach (RefereeStatement statement in statements)
        {
            string word = statement.FirstWord;
            if (word == ".control" || isControl)
            {
                isControl = word != ".endc";
                if (word is not (".control" or ".endc")) Command(statement);
                continue;
            }

            if (word is ".include" or ".inc" or ".lib")
            {
                Include(statement);
            }
            else if (Printing.Contains(word))
            {
                // Vectors and measures are taken from the results.
            }
            else if (word is not (".end" or ".endl" or ".endc"))
            {
                Check(statement);
                _statements.Add(statement);
            }
        }
    }

    private void Include(RefereeStatement statement)
    {
        string[] words = Quoted(string.Join(' ', statement.Lines.Select((l, i) => i == 0 ? l : l[1..])));
        bool isLibrary = statement.FirstWord == ".lib";
        if (words.Length < 2) throw Refused(statement, "names no file");
        string path = _files.Find(words[1], statement.Path) ?? throw Refused(statement, $"names '{words[1]}', which is not found beside this file");
        if (!_files.Allows(path)) throw Refused(statement, "names a file outside the deck's folder; name the folder that you trust with --trust DIR");
        string key = isLibrary && words.Length > 2 ? $"{path}\n{words[2].ToLowerInvariant()}" : path;
        if (_open.Contains(key)) throw Refused(statement, $"includes '{words[1]}' within itself");
        if (_open.Count >= MostDepth) throw Refused(statement, $"is nested more than {MostDepth} deep");
        _open.Add(key);
        List<RefereeStatement> inside = Statements(ReadFile(path, statement.Path, statement.Line), path, hasTitle: false, _leftOut);
        Include(isLibrary && words.Length > 2 ? Section(inside, words[2], statement) : inside, path);
        _open.RemoveAt(_open.Count - 1);
    }

    private static List<RefereeStatement> Section(List<RefereeStatement> statements, string section, RefereeStatement statement)
    {
        int begin = statements.FindIndex(s => s.FirstWord == ".lib" && Quoted(s.Joined) is [_, var name] && name.Equals(section, StringComparison.OrdinalIgnoreCase));
        if (begin < 0) throw Refused(statement, $"names section '{section}', which the library does not have");
        int end = statements.FindIndex(begin, s => s.FirstWord == ".endl");
        return end < 0 ? throw Refused(statement, $"names section '{section}', which is never closed; expected .endl") : statements[(begin + 1)..end];
    }

    /// <summary>A line of a control block: kept where the user allows it, else left out; models and compatibility may come from a trusted folder.</summary>
    private void Command(RefereeStatement statement)
    {
        string line = string.Join(' ', statement.Lines.Select((l, i) => i == 0 ? l : l[1..]));
        string[] words = Quoted(line);
        if (statement.FirstWord is "osdi" or "pre_osdi" && words.Length == 2 && trust.Folders.Count > 0)
        {
            string? model = _files.Find(words[1], statement.Path);
            if (model is null || !_files.IsTrusted(model)) throw Refused(statement, "loads a compact model that lies in no trusted folder; name it with --trust DIR");
            _settings.Add($"osdi {model}");
        }
        else if (statement.Joined.StartsWith("set ngbehavior", StringComparison.Ordinal) && trust.Folders.Count > 0)
        {
            string value = statement.Joined["set ngbehavior".Length..].Trim(' ', '\t', '=', '"', '\'');
            if (value.Length == 0 || !value.All(char.IsAsciiLetterOrDigit)) throw Refused(statement, "gives ngbehavior as other than letters");
            _settings.Add($"set ngbehavior={value}");
        }
        else if (!trust.AllowsControl)
        {
            _leftOut.Add("the .control block: its commands are not run");
        }
        else if (ControlCommands.Refusal(line) is string refusal)
        {
            throw Refused(statement, refusal);
        }
        else if (ControlCommands.IsDropped(line))
        {
            _leftOut.Add($"'{statement.FirstWord}' of the .control block");
        }
        else
        {
            _control.Add(line);
        }
    }

    private static string[] Quoted(string text)
    {
        var words = new List<string>();
        for (int at = 0; at < text.Length;)
        {
            if (text[at] is ' ' or '\t')
            {
                at++;
                continue;
            }

            if (text[at] is ';' or '$' && words.Count > 0) break;
            bool isQuoted = text[at] is '"' or '\'';
            int end = isQuoted ? text.IndexOf(text[at], at + 1) : text.IndexOfAny([' ', '\t'], at);
            if (end < 0) end = text.Length;
            words.Add(isQuoted ? text[(at + 1)..end] : text[at..end]);
            at = end + 1;
        }

        return [.. words];
    }

    private static List<RefereeStatement> Statements(string text, string path, bool hasTitle, HashSet<string>? leftOut = null)
    {
        var statements = new List<RefereeStatement>();
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            if (number == 1 && hasTitle) continue;
            string line = raw.Trim(' ', '\t', '\r', '\f', '\v');
            if (line.Length == 0 || line[0] is '$' or ';') continue;
            if (line[0] == '*')
            {
                if (line.StartsWith("*#", StringComparison.Ordinal)) leftOut?.Add("lines that begin with *#: their commands are not run");
                continue;
            }

            CheckCharacters(line, path, number);
            if (line[0] == '+')
            {
                if (statements.Count == 0) throw new InputFileException(path, "begins with a continuation; there is no statement above it.", number);
                statements[^1].Add(line);
                continue;
            }

            var statement = new RefereeStatement(path, number);
            statement.Add(line);
            statements.Add(statement);
            // Only the deck itself ends there; ngspice reads on behind an .end of an included file.
            if (hasTitle && statement.FirstWord == ".end") break;
        }

        return statements;
    }

    private static void CheckCharacters(string line, string path, int number)
    {
        foreach (char c in line)
        {
            if (c != '`' && (c >= ' ' || c == '\t') && c != '\x7f') continue;
            string what = c == '`' ? "a back quote, which ngspice runs as a command" : string.Create(CultureInfo.InvariantCulture, $"a control character (code {(int)c})");
            throw new InputFileException(path, $"holds {what}; remove it.", number);
        }

        if (line.EndsWith("\\\\", StringComparison.Ordinal)) throw new InputFileException(path, "ends in two backslashes; continue a line with + at the begin of the next one.", number);
    }

    private static void Check(RefereeStatement statement)
    {
        string word = statement.FirstWord;
        if (word.Length == 0 || word[0] == '.' ? !Circuit.Contains(word) : !char.IsAsciiLetterLower(word[0]))
            throw Refused(statement, $"begins with '{word}', which is no element and no statement that is passed to ngspice; remove it");
        string? reaching = Reaching.FirstOrDefault(r => statement.Joined.Contains(r, StringComparison.Ordinal));
        if (reaching is not null) throw Refused(statement, $"holds '{reaching}', which starts a program or loads a library; remove it");
        if (NamesFile(statement.Joined)) throw Refused(statement, "names a file for a model to read; only .include and .lib may name files");
    }

    /// <summary>Whether a parameter called file, or something that ends in it, is given: models read and write such files.</summary>
    private static bool NamesFile(string text)
    {
        for (int at = text.IndexOf("file", StringComparison.Ordinal); at >= 0; at = text.IndexOf("file", at + 1, StringComparison.Ordinal))
        {
            int next = at + 4;
            while (next < text.Length && text[next] is ' ' or '\t') next++;
            if (next < text.Length && text[next] == '=') return true;
        }

        return text.Contains("filesource", StringComparison.Ordinal);
    }

    private static InputFileException Refused(RefereeStatement statement, string problem) =>
        new(statement.Path, $"'{Short(statement.Lines[0])}' {problem}.", statement.Line);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
