namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Parameters of a .model statement; each is asked for by name, and none may stay unasked.</summary>
internal sealed class ModelParameters
{
    private readonly Dictionary<string, (double Value, int Offset)> _values = [];
    private readonly HashSet<string> _used = [];

    private ModelParameters()
    {
    }

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="DeckSyntaxError">The list cannot be read, or names a parameter twice.</exception>
    public static ModelParameters Read(DeckLine line, ParameterScope parameters)
    {
        var result = new ModelParameters();
        var cursor = new DeckCursor(line);
        for (int word = 0; word < 3; word++) cursor.Next("a model");
        int offset = cursor.Position;
        // Blanks in place of the outer parentheses keep the offsets right.
        string text = cursor.Rest.TrimEnd();
        if (text.TrimStart().StartsWith('('))
        {
            int open = text.IndexOf('(', StringComparison.Ordinal);
            text = string.Concat(text.AsSpan(0, open), " ", text.AsSpan(open + 1));
            if (text.EndsWith(')')) text = text[..^1];
        }

        foreach ((string name, int nameOffset, string value, int valueOffset) in DeckAssignments.Read(text, offset))
        {
            double number = parameters.Evaluate(value, valueOffset);
            if (!result._values.TryAdd(name, (number, nameOffset))) throw new DeckSyntaxError(nameOffset, $"parameter '{name}' is given twice.");
        }

        return result;
    }

    public int OffsetOf(string name) => _values.TryGetValue(name, out (double Value, int Offset) found) ? found.Offset : 0;

    /// <summary>Marks parameters that have no effect on what the engine computes.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names) _used.Add(name);
    }

    public double Number(string name, double otherwise) => Optional(name) ?? otherwise;

    public double? Optional(string name)
    {
        _used.Add(name);
        return _values.TryGetValue(name, out (double Value, int Offset) found) ? found.Value : null;
    }

    public double Positive(string name, double otherwise) => Checked(name, Number(name, otherwise), v => v > 0, "above 0");

    public double NotNegative(string name, double otherwise) => Checked(name, Number(name, otherwise), v => v >= 0, "0 or above");

    public double Between(string name, double otherwise, double low, double high)
        => Checked(name, Number(name, otherwise), v => v >= low && v <= high, FormattableString.Invariant($"from {low} to {high}"));

    /// <summary>A number that must lie in a range.</summary>
    /// <exception cref="DeckSyntaxError">It does not.</exception>
    public double Checked(string name, double value, Func<double, bool> isAllowed, string range)
        => isAllowed(value) ? value : throw new DeckSyntaxError(OffsetOf(name), FormattableString.Invariant($"parameter '{name}' is {value:R}; it must be {range}."));

    /// <summary>Refuses parameters that nobody asked for.</summary>
    /// <exception cref="DeckSyntaxError">There is one.</exception>
    public void ExpectAllUsed(string kind)
    {
        foreach ((string name, (_, int offset)) in _values)
        {
            if (!_used.Contains(name))
                throw new DeckSyntaxError(offset, $"parameter '{name}' of a {kind} model is not known to the native engine; remove it or run the deck with --engine ngspice.");
        }
    }
}
