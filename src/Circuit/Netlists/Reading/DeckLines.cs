namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Cuts the text of a deck into statements.</summary>
internal static class DeckLines
{
    /// <summary>Reads all statements up to <c>.end</c>.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="hasTitle">True for a deck, whose first line is its title; false for an included file.</param>
    /// <param name="problems">Receives errors.</param>
    /// <param name="comments">Receives full-line comments between the title and the first statement.</param>
    /// <returns>The title (empty without one) and the statements.</returns>
    public static (string Title, List<DeckLine> Lines) Read(string text, string path, bool hasTitle, DeckProblems problems, List<string>? comments)
    {
        var lines = new List<DeckLine>();
        string title = "";
        int number = 0;
        bool isControl = false, isHeader = true;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            number++;
            if (number % 4096 == 0) problems.ThrowIfCancelled();
            if (number == 1 && hasTitle)
            {
                title = raw.Trim().TrimStart('\uFEFF').ToString();
                continue;
            }

            int begin = 0;
            while (begin < raw.Length && char.IsWhiteSpace(raw[begin])) begin++;
            ReadOnlySpan<char> line = raw[begin..];
            if (line.IsEmpty) continue;
            if (line[0] == '*')
            {
                if (isHeader) comments?.Add(line[1..].Trim().ToString());
                continue;
            }

            // Commands of a .control block have a syntax of their own: $ begins a variable there, not a comment.
            int end = isControl ? line.Length : CommentStart(line);
            line = line[..end].TrimEnd();
            if (line.IsEmpty) continue;
            isHeader = false;
            if (line[0] == '+')
            {
                if (lines.Count == 0) problems.Error(new DeckLine(path, number, "+"), begin, "found '+', expected a statement to continue; there is none above.");
                else lines[^1].Continue(line[1..].ToString(), number, begin + 2);
                continue;
            }

            if (line.Equals(".end", StringComparison.OrdinalIgnoreCase)) break;
            if (StartsWord(line, ".control")) isControl = true;
            if (StartsWord(line, ".endc")) isControl = false;
            lines.Add(new DeckLine(path, number, line.ToString()) { FirstColumn = begin + 1 });
        }

        return (title, lines);
    }

    private static bool StartsWord(ReadOnlySpan<char> line, string word)
        => line.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (line.Length == word.Length || char.IsWhiteSpace(line[word.Length]));

    /// <summary>Where a comment at the end of a line begins: at ';', or at '$' or '//' after a blank.</summary>
    private static int CommentStart(ReadOnlySpan<char> line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == ';') return i;
            if (i == 0 || !char.IsWhiteSpace(line[i - 1])) continue;
            if (line[i] == '$' && (i + 1 == line.Length || char.IsWhiteSpace(line[i + 1]))) return i;
            if (line[i] == '/' && i + 1 < line.Length && line[i + 1] == '/') return i;
        }

        return line.Length;
    }
}
