namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads the statements that say what to do with the circuit.</summary>
internal sealed class DeckCommands(DeckProblems problems)
{
    private static readonly HashSet<string> AnalysisWords = ["op", "dc", "tran", "ac"];

    public List<Analysis> Analyses { get; } = [];

    public SortedDictionary<string, string> Options { get; } = new(StringComparer.Ordinal);

    public List<string> SavedVectors { get; } = [];

    /// <summary>Reads one statement.</summary>
    /// <exception cref="DeckSyntaxError">The statement is wrong.</exception>
    public void Read(DeckCursor cursor, ParameterScope parameters)
    {
        string word = cursor.Next("a statement");
        switch (word)
        {
            case ".op":
                cursor.ExpectEnd();
                Analyses.Add(new OperatingPointAnalysis());
                break;
            case ".options" or ".option" or ".opt":
                ReadOptions(cursor, parameters);
                break;
            case ".save" or ".print":
                ReadVectors(cursor, word == ".print");
                break;
            default:
                throw new DeckSyntaxError(0, $"{word} is not known to the native engine; run the deck with --engine ngspice.");
        }
    }

    private void ReadOptions(DeckCursor cursor, ParameterScope parameters)
    {
        while (!cursor.IsAtEnd)
        {
            string name = cursor.Next("an option");
            if (name == "=") throw cursor.Unexpected("an option's name");
            if (!cursor.Accept("="))
            {
                Options[name] = "";
                continue;
            }

            string value = cursor.Next("the option's value");
            Options[name] = value[0] is '{' or '\''
                ? SpiceNumber.Format(parameters.Evaluate(value[1..^1], cursor.WordStart + 1))
                : value;
        }
    }

    private void ReadVectors(DeckCursor cursor, bool isPrint)
    {
        if (isPrint && cursor.Peek() is { } first && AnalysisWords.Contains(first)) cursor.Next("");
        while (!cursor.IsAtEnd)
        {
            string word = cursor.Next("a vector");
            int at = cursor.WordStart;
            if (word is "all" or "allv") continue;
            string vector;
            if (cursor.IsParenthesisNext())
            {
                string inside = string.Concat(cursor.Parenthesised("a node or source").Where(c => !char.IsWhiteSpace(c)));
                vector = $"{word}({inside})";
                if (word is not ("v" or "i") || inside.Length == 0)
                {
                    problems.Warn(cursor.Line, at, $"{vector} is not printed; only v(node), v(node,node) and i(source) are.");
                    continue;
                }
            }
            else if (word[0] == '@' || word == "=")
            {
                problems.Warn(cursor.Line, at, $"{word} is not printed; only v(node), v(node,node) and i(source) are.");
                continue;
            }
            else
            {
                vector = word.EndsWith("#branch", StringComparison.Ordinal) ? $"i({word[..^7]})" : $"v({word})";
            }

            if (!SavedVectors.Contains(vector)) SavedVectors.Add(vector);
        }
    }
}
