namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads .param and .func statements.</summary>
internal static class DefinitionReader
{
    /// <summary>The parameters of a .param statement; functions among them, as in <c>.param f(x)={2*x}</c>, are defined at once.</summary>
    /// <exception cref="DeckSyntaxError">The statement is wrong.</exception>
    public static List<ParameterDefinition> Parameters(DeckLine line, ParameterScope scope)
    {
        var cursor = new DeckCursor(line);
        cursor.Next(".param");
        List<(string Name, int NameOffset, string Value, int ValueOffset)> list = DeckAssignments.Read(cursor.Rest, cursor.Position);
        if (list.Count == 0) throw new DeckSyntaxError(line.Text.Length, "the line ends here, expected name=value.");
        var found = new List<ParameterDefinition>();
        foreach ((string name, int nameOffset, string value, int valueOffset) in list)
        {
            if (name.Contains('(', StringComparison.Ordinal))
            {
                AddFunction(name, nameOffset, value, valueOffset, scope);
                continue;
            }

            if (!IsIdentifier(name)) throw new DeckSyntaxError(nameOffset, $"'{name}' is no parameter name; use letters, digits and underscores.");
            ParameterScope.CheckName(name, nameOffset);
            found.Add(new ParameterDefinition(name, value, line, valueOffset));
        }

        return found;
    }

    /// <summary>Defines the function of a .func statement.</summary>
    /// <exception cref="DeckSyntaxError">The statement is wrong.</exception>
    public static void Function(DeckLine line, ParameterScope scope)
    {
        var cursor = new DeckCursor(line);
        cursor.Next(".func");
        string rest = cursor.Rest;
        int offset = cursor.Position, close = rest.IndexOf(')', StringComparison.Ordinal);
        if (close < 0) throw new DeckSyntaxError(offset, "expected name(arguments) {body}.");
        string body = rest[(close + 1)..];
        int bodyOffset = offset + close + 1 + (body.Length - body.TrimStart().Length);
        body = body.Trim();
        if (body.StartsWith('='))
        {
            bodyOffset += body.Length - body[1..].TrimStart().Length;
            body = body[1..].Trim();
        }

        if (body.Length >= 2 && body[0] is '{' or '\'')
        {
            body = body[1..].TrimEnd('}', '\'');
            bodyOffset++;
        }

        if (body.Length == 0) throw new DeckSyntaxError(bodyOffset, "the line ends here, expected the body of the function.");
        AddFunction(rest[..(close + 1)].Trim(), offset, body, bodyOffset, scope);
    }

    private static void AddFunction(string head, int headOffset, string body, int bodyOffset, ParameterScope scope)
    {
        int open = head.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0) throw new DeckSyntaxError(headOffset, "expected name(arguments).");
        string[] arguments = head[(open + 1)..].TrimEnd(')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string name = head[..open].Trim();
        if (!IsIdentifier(name) || !arguments.All(IsIdentifier)) throw new DeckSyntaxError(headOffset, $"'{head}' is no function head; expected name(a,b).");
        scope.DefineFunction(name, arguments, body, bodyOffset);
    }

    private static bool IsIdentifier(string name)
        => name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.');
}
