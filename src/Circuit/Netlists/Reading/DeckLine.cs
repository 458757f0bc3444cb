using System.Text;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>A statement of a deck: a line with its continuations joined and comments removed, and where each part came from.</summary>
internal sealed class DeckLine(string path, int line, string text)
{
    private List<(int Offset, int Line, int Column)>? _pieces;
    private StringBuilder? _growing;
    private string _text = text;

    /// <summary>The statement, letter case as in the file.</summary>
    public string Text
    {
        get
        {
            if (_growing is null) return _text;
            _text = _growing.ToString();
            _growing = null;
            return _text;
        }
    }

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
        _growing ??= new StringBuilder(_text);
        (_pieces ??= []).Add((_growing.Length + 1, pieceLine, column));
        _growing.Append(' ').Append(piece);
    }

    /// <summary>A message about a character of the statement.</summary>
    public DeckDiagnostic Diagnostic(int offset, string message)
    {
        (int Offset, int Line, int Column) piece = (0, Line, FirstColumn);
        if (_pieces is not null)
        {
            // Pieces stand in the order of their offsets.
            int found = _pieces.BinarySearch((offset, int.MaxValue, int.MaxValue)), last = (found < 0 ? ~found : found + 1) - 1;
            if (last >= 0) piece = _pieces[last];
        }

        return new DeckDiagnostic(Path, piece.Line, piece.Column + offset - piece.Offset, message);
    }
}
