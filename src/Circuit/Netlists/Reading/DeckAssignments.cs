namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads lists such as <c>a=1 b = {2*a} c='a+b' d=a + b</c>: a value goes on to the next name that has an equals sign.</summary>
internal static class DeckAssignments
{
    /// <summary>Reads the list.</summary>
    /// <param name="text">The text, lower case.</param>
    /// <param name="offset">Where it begins in its statement.</param>
    /// <returns>Names with their values, as text without outer braces or quotes, and the offsets of both.</returns>
    /// <exception cref="DeckSyntaxError">Something is no assignment.</exception>
    public static List<(string Name, int NameOffset, string Value, int ValueOffset)> Read(string text, int offset)
    {
        List<int> equals = EqualsSigns(text);
        var result = new List<(string, int, string, int)>();
        if (equals.Count == 0)
        {
            if (string.IsNullOrWhiteSpace(text)) return result;
            throw new DeckSyntaxError(offset, $"found '{text.Trim()}', expected name=value.");
        }

        (int nameStart, int nameEnd) = NameBefore(text, equals[0]);
        if (!string.IsNullOrWhiteSpace(text[..nameStart].Replace(',', ' ')))
            throw new DeckSyntaxError(offset, $"found '{text[..nameStart].Trim()}', expected name=value.");
        for (int i = 0; i < equals.Count; i++)
        {
            if (nameStart == nameEnd) throw new DeckSyntaxError(offset + equals[i], "found '=', expected a name before it.");
            (int nextStart, int nextEnd) = i + 1 < equals.Count ? NameBefore(text, equals[i + 1]) : (text.Length, text.Length);
            int begin = equals[i] + 1, end = Math.Max(begin, nextStart);
            while (begin < end && char.IsWhiteSpace(text[begin])) begin++;
            while (end > begin && (char.IsWhiteSpace(text[end - 1]) || text[end - 1] == ',')) end--;
            if (begin == end) throw new DeckSyntaxError(offset + equals[i], $"'{text[nameStart..nameEnd]}=' has no value.");
            if (text[begin] is '{' or '\'' or '"' && end - begin >= 2 && text[end - 1] == (text[begin] == '{' ? '}' : text[begin]))
            {
                begin++;
                end--;
            }

            result.Add((text[nameStart..nameEnd], offset + nameStart, text[begin..end], offset + begin));
            (nameStart, nameEnd) = (nextStart, nextEnd);
        }

        return result;
    }

    private static List<int> EqualsSigns(string text)
    {
        var found = new List<int>();
        int depth = 0;
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '\'' or '"') isQuoted = !isQuoted;
            else if (c is '{' or '(') depth++;
            else if (c is '}' or ')') depth--;
            else if (c == '=' && depth <= 0 && !isQuoted)
            {
                bool isComparison = (i + 1 < text.Length && text[i + 1] == '=') || (i > 0 && text[i - 1] is '=' or '<' or '>' or '!');
                if (!isComparison) found.Add(i);
            }
        }

        return found;
    }

    /// <summary>The name before an equals sign; with its argument list if it has one, as in <c>f(x,y)=</c>.</summary>
    private static (int Start, int End) NameBefore(string text, int equals)
    {
        int end = equals;
        while (end > 0 && char.IsWhiteSpace(text[end - 1])) end--;
        int start = end;
        if (start > 0 && text[start - 1] == ')') start = Math.Max(0, text.LastIndexOf('(', start - 1));
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] is not (',' or '=' or '}' or '\'' or '(' or ')')) start--;
        return (start, end);
    }
}
