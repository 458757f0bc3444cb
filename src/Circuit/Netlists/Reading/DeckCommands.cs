namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads the statements that say what to do with the circuit.</summary>
internal sealed class DeckCommands(DeckProblems problems)
{
    private static readonly HashSet<string> AnalysisWords = ["op", "dc", "tran", "ac"];

    private readonly HashSet<string> _saved = [];
    private readonly HashSet<(MeasuredAnalysis, string)> _measured = [];

    public List<Analysis> Analyses { get; } = [];

    public SortedDictionary<string, string> Options { get; } = new(StringComparer.Ordinal);

    public List<string> SavedVectors { get; } = [];

    public SortedDictionary<string, double> InitialVolts { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, double> GuessedVolts { get; } = new(StringComparer.Ordinal);

    public List<string> GlobalNodes { get; } = [];

    public List<Measure> Measures { get; } = [];

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
            case ".dc":
                Analyses.Add(AnalysisReader.Sweeps(cursor, parameters, problems.Limits));
                break;
            case ".tran":
                Analyses.Add(AnalysisReader.Transient(cursor, parameters, problems.Limits));
                break;
            case ".ac":
                Analyses.Add(AnalysisReader.Ac(cursor, parameters, problems.Limits));
                break;
            case ".meas" or ".measure":
                ReadMeasure(cursor, parameters);
                break;
            case ".ic":
                ReadNodeVolts(cursor, parameters, InitialVolts);
                break;
            case ".nodeset":
                ReadNodeVolts(cursor, parameters, GuessedVolts);
                break;
            case ".global":
                while (!cursor.IsAtEnd) GlobalNodes.Add(DeckNodes.Read(cursor));
                break;
            case ".temp":
                if (DeckValues.Read(cursor, parameters, "a temperature") != 27)
                    throw new DeckSyntaxError(cursor.WordStart, "the native engine's models hold at 27 °C only; run the deck with --engine ngspice.");
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

    private static void ReadNodeVolts(DeckCursor cursor, ParameterScope parameters, SortedDictionary<string, double> volts)
    {
        while (!cursor.IsAtEnd)
        {
            string word = cursor.Next("v(node)=volts");
            if (word != "v") throw cursor.Unexpected("v(node)=volts");
            string node = DeckNodes.Normalise(cursor.Parenthesised("a node").Trim());
            if (node.Length == 0 || node.AsSpan().IndexOfAny(", =({") >= 0) throw cursor.Unexpected("one node");
            cursor.Expect("=");
            volts[node] = DeckValues.Read(cursor, parameters, "a voltage");
        }
    }

    private void ReadMeasure(DeckCursor cursor, ParameterScope parameters)
    {
        if (new MeasureReader(cursor, parameters, Measures).Read(out string unsupported) is not { } measure)
            problems.LeaveOut(cursor.Line, 0, $"{unsupported} is not evaluated; run the deck with --engine ngspice, or measure with find, when, trig, avg, min, max, pp, rms, integ or param.");
        else if (!_measured.Add((measure.Analysis, measure.Name)))
            throw new DeckSyntaxError(0, $"measure {measure.Name} is defined twice.");
        else
            Measures.Add(measure);
    }

    private void ReadVectors(DeckCursor cursor, bool isPrint)
    {
        if (isPrint && cursor.Peek() is { } first && AnalysisWords.Contains(first)) cursor.Next("");
        while (!cursor.IsAtEnd)
        {
            bool isOption = cursor.IsAssignmentNext();
            string word = cursor.Next("a vector");
            int at = cursor.WordStart;
            if (word is "all" or "allv") continue;
            string? vector = null, shown = word;
            if (isOption)
            {
                // Other simulators take their format here, as in format=raw.
                cursor.Expect("=");
                if (!cursor.IsAtEnd) shown = $"{word}={cursor.Next("a value")}";
            }
            else if (cursor.IsParenthesisNext())
            {
                string inside = string.Concat(cursor.Parenthesised("a node or source").Where(c => !char.IsWhiteSpace(c)));
                shown = $"{word}({inside})";
                if (inside.Length > 0 && word is "v") vector = $"v({string.Join(',', inside.Split(',').Select(DeckNodes.Normalise))})";
                if (inside.Length > 0 && word is "i") vector = $"i({ElementNames.FromNgspice(inside)})";
            }
            else if (word[0] is not ('@' or '=' or '{' or '\'' or '"'))
            {
                vector = word.EndsWith("#branch", StringComparison.Ordinal) ? $"i({ElementNames.FromNgspice(word[..^7])})" : $"v({DeckNodes.Normalise(word)})";
            }

            if (vector is null) problems.LeaveOut(cursor.Line, at, $"{shown} is not printed; only v(node), v(node,node) and i(source) are.");
            else if (_saved.Add(vector)) SavedVectors.Add(vector);
        }
    }
}
