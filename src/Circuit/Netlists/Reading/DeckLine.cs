using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>A statement of a deck: a line with its continuations joined and comments removed, and where each part came from.</summary>
internal sealed class DeckLine(string path, int line, string text)
{
    private List<(int Offset, int Line, int Column)>? _pieces;

    /// <summary>The statement, letter case as in the file.</summary>
    public string Text { get; private set; } = text;

    /// <summary>File that the statement is in.</summary>
    public string Path { get; } = path;

    /// <summary>First line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Column, from 1, of the first character of the text.</summary>
    public int FirstColumn { get; init; } = 1;

    /// <summary>Its first word, in lower case.</summary>
    public string FirstWord => Text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var word, ..] ? word.ToLowerInvariant() : "";

    /// <summary>Appends a continuation.</summary>
    /// <param name="piece">Text after the plus sign.</param>
    /// <param name="pieceLine">Its line, from 1.</param>
    /// <param name="column">Column, from 1, at which it begins.</param>
    public void Continue(string piece, int pieceLine, int column)
    {
        (_pieces ??= []).Add((Text.Length + 1, pieceLine, column));
        Text = Text + " " + piece;
    }

    /// <summary>A message about a character of the statement.</summary>
    public DeckDiagnostic Diagnostic(int offset, string message)
    {
        (int Offset, int Line, int Column) piece = (0, Line, FirstColumn);
        foreach ((int Offset, int Line, int Column) candidate in _pieces ?? [])
            if (candidate.Offset <= offset) piece = candidate;
        return new DeckDiagnostic(Path, piece.Line, piece.Column + offset - piece.Offset, message);
    }
}
