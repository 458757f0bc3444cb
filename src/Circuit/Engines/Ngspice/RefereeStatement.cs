namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>A statement of a deck as its author wrote it: a line with its continuations, comment lines left out.</summary>
/// <param name="Path">File that it is in.</param>
/// <param name="Line">Its first line, from 1.</param>
internal sealed record RefereeStatement(string Path, int Line)
{
    private readonly List<string> _lines = [];

    /// <summary>The lines, without blanks before and after them.</summary>
    internal IReadOnlyList<string> Lines => _lines;

    /// <summary>Everything in one line and in lower case, without the plus signs of continuations.</summary>
    internal string Joined { get; private set; } = "";

    /// <summary>The first word, in lower case.</summary>
    internal string FirstWord { get; private set; } = "";

    /// <summary>Adds a line.</summary>
    internal void Add(string line)
    {
        _lines.Add(line);
        Joined = _lines.Count == 1 ? line.ToLowerInvariant() : $"{Joined} {line[1..].ToLowerInvariant()}";
        if (_lines.Count == 1) FirstWord = Joined.Split([' ', '\t', '=', '('], 2)[0];
    }
}
