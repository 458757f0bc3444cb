namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads the words of one statement from left to right, in lower case.</summary>
/// <remarks>Blanks, commas and parentheses separate words; an expression in braces or quotes is one word; '=' is a word of its own.</remarks>
internal sealed class DeckCursor
{
    private readonly string _text;
    private int _at;

    public DeckCursor(DeckLine line)
    {
        Line = line;
        _text = line.Text.ToLowerInvariant();
    }

    /// <summary>The statement.</summary>
    public DeckLine Line { get; }

    /// <summary>Offset of the word returned last.</summary>
    public int WordStart { get; private set; }

    /// <summary>Offset at which the next word is looked for.</summary>
    public int Position => _at;

    /// <summary>True when no word is left.</summary>
    public bool IsAtEnd
    {
        get
        {
            SkipSeparators();
            return _at == _text.Length;
        }
    }

    /// <summary>Everything from here on, as it stands, in lower case.</summary>
    public string Rest => _text[_at..];

    /// <summary>The next word, which stays to be read.</summary>
    public string? Peek()
    {
        int at = _at, start = WordStart;
        string? word = IsAtEnd ? null : Next("");
        _at = at;
        WordStart = start;
        return word;
    }

    /// <summary>The next word.</summary>
    /// <param name="expected">What the caller wants, for the message when nothing is left.</param>
    /// <exception cref="DeckSyntaxError">Nothing is left, or a brace or quote stays open.</exception>
    public string Next(string expected)
    {
        SkipSeparators();
        WordStart = _at;
        if (_at == _text.Length) throw new DeckSyntaxError(_text.Length, $"the line ends here, expected {expected}.");
        char first = _text[_at];
        if (first == '=')
        {
            _at++;
            return "=";
        }

        if (first is '{' or '\'' or '"') return Group(first);
        while (_at < _text.Length && !IsSeparator(_text[_at]) && _text[_at] is not ('=' or '{' or '\'')) _at++;
        return _text[WordStart.._at];
    }

    /// <summary>Reads a word if it is the one given.</summary>
    public bool Accept(string word)
    {
        if (Peek() != word) return false;
        Next(word);
        return true;
    }

    /// <summary>Reads the word given.</summary>
    /// <exception cref="DeckSyntaxError">Another word stands there.</exception>
    public void Expect(string word)
    {
        string found = Next($"'{word}'");
        if (found != word) throw Unexpected($"'{word}'");
    }

    /// <summary>True when the word after the next one is '='.</summary>
    public bool IsAssignmentNext()
    {
        int at = _at, start = WordStart;
        bool result = false;
        if (!IsAtEnd)
        {
            Next("");
            result = Peek() == "=";
        }

        _at = at;
        WordStart = start;
        return result;
    }

    /// <summary>True when an opening parenthesis comes next.</summary>
    public bool IsParenthesisNext()
    {
        int at = _at;
        while (at < _text.Length && char.IsWhiteSpace(_text[at])) at++;
        return at < _text.Length && _text[at] == '(';
    }

    /// <summary>Text inside the parentheses that begin here, nested ones included.</summary>
    /// <exception cref="DeckSyntaxError">No parenthesis, or it stays open.</exception>
    public string Parenthesised(string expected)
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        WordStart = _at;
        if (_at == _text.Length || _text[_at] != '(') throw new DeckSyntaxError(_at, $"expected {expected} in parentheses.");
        int depth = 0, begin = _at + 1;
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '(') depth++;
            if (_text[_at] == ')' && --depth == 0) return _text[begin.._at++];
        }

        throw new DeckSyntaxError(WordStart, "this parenthesis is never closed.");
    }

    /// <summary>The rest of the statement, which counts as read.</summary>
    public string TakeRest()
    {
        // A parenthesis belongs to what follows, as in (v(a)+1)*2.
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        WordStart = _at;
        _at = _text.Length;
        return _text[WordStart..].TrimEnd();
    }

    /// <summary>An error at the word returned last.</summary>
    public DeckSyntaxError Unexpected(string expected) => new(WordStart, $"found '{WordAtStart()}', expected {expected}.");

    /// <summary>Checks that nothing is left.</summary>
    /// <exception cref="DeckSyntaxError">A word is left.</exception>
    public void ExpectEnd()
    {
        if (IsAtEnd) return;
        Next("");
        throw Unexpected("the end of the line");
    }

    private string WordAtStart()
    {
        int end = WordStart;
        while (end < _text.Length && !IsSeparator(_text[end]) && (end == WordStart || _text[end] != '=')) end++;
        return _text[WordStart..Math.Max(end, Math.Min(_text.Length, WordStart + 1))];
    }

    private string Group(char open)
    {
        char close = open == '{' ? '}' : open;
        int depth = 0;
        for (; _at < _text.Length; _at++)
        {
            if (open == '{' && _text[_at] == '{') depth++;
            else if (_text[_at] == close && _at > WordStart && (open != '{' || --depth == 0)) return _text[WordStart..++_at];
        }

        throw new DeckSyntaxError(WordStart, $"{open} is never closed; expected {close}.");
    }

    private void SkipSeparators()
    {
        while (_at < _text.Length && IsSeparator(_text[_at])) _at++;
    }

    private static bool IsSeparator(char c) => char.IsWhiteSpace(c) || c is ',' or '(' or ')';
}
