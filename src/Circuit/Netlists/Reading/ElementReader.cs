namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads the elements of one scope.</summary>
internal sealed class ElementReader(DeckBuilder builder, SubcircuitScope scope)
{
    /// <summary>Reads one element.</summary>
    /// <exception cref="DeckSyntaxError">The statement is wrong, or the element is unknown.</exception>
    public Element Read(DeckCursor cursor)
    {
        string name = cursor.Next("an element");
        return name[0] switch
        {
            'r' => Resistor(name, cursor),
            'v' => new VoltageSource(name, Node(cursor), Node(cursor), SourceLevel(cursor)),
            'i' => new CurrentSource(name, Node(cursor), Node(cursor), SourceLevel(cursor)),
            'b' => Behavioural(name, cursor),
            'x' => Call(name, cursor),
            _ => throw new DeckSyntaxError(0, $"element {name} of kind '{name[0]}' is not known to the native engine; run the deck with --engine ngspice."),
        };
    }

    private static string Node(DeckCursor cursor)
    {
        string word = cursor.Next("a node");
        return word[0] is '=' or '{' or '\'' ? throw cursor.Unexpected("a node") : DeckNodes.Normalise(word);
    }

    private Resistor Resistor(string name, DeckCursor cursor)
    {
        string plus = Node(cursor), minus = Node(cursor);
        if (cursor.IsAssignmentNext())
        {
            string key = cursor.Next("r");
            if (key is not ("r" or "resistance")) throw cursor.Unexpected("a resistance, as in 1k or r=1k");
            cursor.Expect("=");
        }

        double ohms = Value(cursor, "a resistance in ohms");
        if (ohms == 0) throw new DeckSyntaxError(cursor.WordStart, "resistance is 0 ohm; join the nodes or use a voltage source of 0 V.");
        cursor.ExpectEnd();
        return new Resistor(name, plus, minus, ohms);
    }

    private double SourceLevel(DeckCursor cursor)
    {
        if (cursor.IsAtEnd) return 0;
        if (cursor.Accept("dc")) cursor.Accept("=");
        double level = Value(cursor, "a DC value");
        cursor.ExpectEnd();
        return level;
    }

    private BehaviouralSource Behavioural(string name, DeckCursor cursor)
    {
        string plus = Node(cursor), minus = Node(cursor);
        string kind = cursor.Next("v= or i=");
        if (kind is not ("v" or "i")) throw cursor.Unexpected("v= or i=");
        cursor.Expect("=");
        string text = cursor.TakeRest();
        if (text.Length == 0) throw new DeckSyntaxError(cursor.WordStart, "the line ends here, expected an expression.");
        return new BehaviouralSource(name, plus, minus, kind == "v", scope.Parameters.Bind(text, cursor.WordStart));
    }

    private SubcircuitCall Call(string name, DeckCursor cursor)
    {
        var words = new List<(string Word, int Offset)>();
        while (!cursor.IsAtEnd && !cursor.IsAssignmentNext())
        {
            string word = cursor.Next("a node");
            if (word is "params:" or "params") break;
            words.Add((word, cursor.WordStart));
        }

        if (words.Count == 0) throw new DeckSyntaxError(cursor.Line.Text.Length, "the line ends here, expected nodes and a subcircuit's name.");
        (string subcircuit, int at) = words[^1];
        SubcircuitSource source = scope.Source.Find(subcircuit)
            ?? throw new DeckSyntaxError(at, $"subcircuit '{subcircuit}' is not defined; expected the name of a .subckt.");
        if (words.Count - 1 != source.Ports.Count)
            throw new DeckSyntaxError(at, $"subcircuit {subcircuit} has {source.Ports.Count} ports, but {words.Count - 1} nodes are given.");
        var given = new List<(string Name, double Value, int Offset)>();
        foreach ((string key, int keyOffset, string value, int valueOffset) in DeckAssignments.Read(cursor.Rest, cursor.Position))
            given.Add((key, scope.Parameters.Evaluate(value, valueOffset), keyOffset));
        return new SubcircuitCall(name, [.. words.SkipLast(1).Select(w => DeckNodes.Normalise(w.Word))], builder.Instantiate(source, scope, given));
    }

    private double Value(DeckCursor cursor, string expected)
    {
        string word = cursor.Next(expected);
        if (word[0] is '{' or '\'') return scope.Parameters.Evaluate(word[1..^1], cursor.WordStart + 1);
        if (SpiceNumber.TryParse(word, out double value)) return value;
        throw scope.Parameters.Knows(word)
            ? new DeckSyntaxError(cursor.WordStart, $"found '{word}', expected {expected}; write {{{word}}} for the parameter.")
            : cursor.Unexpected(expected);
    }
}
