using System.Globalization;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Makes a netlist from sorted statements: evaluates parameters and gives every used set of subcircuit parameters a definition.</summary>
internal sealed class DeckBuilder(DeckStatements statements, DeckProblems problems)
{
    private readonly Dictionary<string, string> _instanceNames = [];
    private readonly HashSet<string> _usedNames = [];
    private readonly List<SubcircuitDefinition> _definitions = [];
    private readonly HashSet<SubcircuitSource> _built = [];
    private readonly HashSet<SubcircuitSource> _open = [];
    private readonly Dictionary<(DeckLine Line, string Unique), object?> _models = [];

    /// <summary>Builds the netlist; errors go to the problems given at construction.</summary>
    public Netlist Build(string title, IReadOnlyList<string> comments)
    {
        SubcircuitScope top = OpenScope(statements.Top, null, [], "", "");
        List<Element> elements = ReadElements(top);
        BuildUnused(top);
        var commands = new DeckCommands(problems);
        foreach (DeckLine line in statements.Commands) Guard(line, () => commands.Read(new DeckCursor(line), top.Parameters));
        return new Netlist
        {
            Title = title,
            HeaderComments = [.. comments],
            Elements = elements,
            Subcircuits = _definitions,
            Analyses = commands.Analyses,
            Options = commands.Options,
            SavedVectors = commands.SavedVectors,
            InitialVolts = commands.InitialVolts,
            GuessedVolts = commands.GuessedVolts,
            GlobalNodes = commands.GlobalNodes,
            Measures = commands.Measures,
        };
    }

    /// <summary>Name of the definition for a subcircuit with given parameters, built when it is first asked for.</summary>
    /// <exception cref="DeckSyntaxError">The subcircuit calls itself, or a parameter is wrong.</exception>
    public string Instantiate(SubcircuitSource source, SubcircuitScope caller, IReadOnlyList<(string Name, double Value, int Offset)> given)
    {
        foreach ((string name, _, int offset) in given)
        {
            if (source.Defaults.All(d => d.Name != name))
                throw new DeckSyntaxError(offset, $"subcircuit {source.Name} has no parameter '{name}'; its .subckt line lists {Listed(source)}.");
        }

        SubcircuitScope home = caller;
        while (home.Source != source.Outer) home = home.Outer!;
        string key = string.Create(CultureInfo.InvariantCulture,
            $"{home.Key}/{source.Name}({string.Join(',', given.OrderBy(g => g.Name, StringComparer.Ordinal).Select(g => $"{g.Name}={SpiceNumber.Format(g.Value)}"))})");
        if (_open.Contains(source)) throw new DeckSyntaxError(0, $"subcircuit {source.Name} calls itself.");
        if (_instanceNames.TryGetValue(key, out string? known)) return known;

        string unique = UniqueName(source, given.Count == 0 && home.Outer is null);
        _instanceNames.Add(key, unique);
        _built.Add(source);
        _open.Add(source);
        SubcircuitScope scope = OpenScope(source, home, given, key, unique);
        List<Element> elements = ReadElements(scope);
        _definitions.Add(new SubcircuitDefinition(unique, [.. source.Ports], elements));
        BuildUnused(scope);
        _open.Remove(source);
        return unique;
    }

    /// <summary>Remarks on the word that was read last.</summary>
    public void Warn(DeckCursor cursor, string message) => problems.Warn(cursor.Line, cursor.WordStart, message);

    /// <summary>Finds the model that a name means in a scope.</summary>
    /// <returns>Its statement, the name it has in the netlist, and what its expressions see.</returns>
    /// <exception cref="DeckSyntaxError">There is none, or it is of another kind.</exception>
    public static (DeckLine Line, string Unique, ParameterScope Home) FindModel(string model, int offset, SubcircuitScope scope, params string[] kinds)
    {
        for (SubcircuitScope? home = scope; home is not null; home = home.Outer)
        {
            if (!home.Models.TryGetValue(model, out DeckLine? line)) continue;
            string kind = ModelReader.Head(line).Kind;
            if (!kinds.Contains(kind))
                throw new DeckSyntaxError(offset, $"model {model} is of kind {kind}, expected {string.Join(" or ", kinds)}; for other devices run the deck with --engine ngspice.");
            return (line, home.Outer is null ? model : $"{home.UniqueName}_{model}", home.Parameters);
        }

        throw new DeckSyntaxError(offset, $"model '{model}' is not defined; expected the name of a .model of kind {string.Join(" or ", kinds)}.");
    }

    /// <summary>A model, read when it is first asked for; its errors are reported once.</summary>
    /// <exception cref="DeckSyntaxError">The model has errors that were reported already.</exception>
    public T Model<T>(DeckLine line, string unique, Func<T> read)
        where T : class
    {
        if (_models.TryGetValue((line, unique), out object? known))
            return known as T ?? throw new DeckSyntaxError(0, $"model {unique} has errors.");
        try
        {
            T model = read();
            _models.Add((line, unique), model);
            return model;
        }
        catch (DeckSyntaxError error)
        {
            _models.Add((line, unique), null);
            problems.Error(line, error.Offset, error.Message);
            throw new DeckSyntaxError(0, $"model {unique} has errors.");
        }
    }

    private static string Listed(SubcircuitSource source) => source.Defaults.Count == 0 ? "none" : string.Join(", ", source.Defaults.Select(d => d.Name));

    private string UniqueName(SubcircuitSource source, bool isPlain)
    {
        string name = source.Name;
        // A set of parameters must not take the name that the plain definition has in the deck.
        if (!isPlain && statements.Top.Nested.ContainsKey(name)) name = $"{name}__2";
        for (int i = 2; !_usedNames.Add(name); i++) name = string.Create(CultureInfo.InvariantCulture, $"{source.Name}__{i}");
        return name;
    }

    /// <summary>Definitions that nothing calls are built too: their errors count, and nothing is lost when the netlist is written.</summary>
    private void BuildUnused(SubcircuitScope scope)
    {
        foreach (SubcircuitSource source in scope.Source.Nested.Values)
            if (!_built.Contains(source)) Guard(source.Header!, () => Instantiate(source, scope, []));
    }

    private SubcircuitScope OpenScope(
        SubcircuitSource source, SubcircuitScope? outer, IReadOnlyList<(string Name, double Value, int Offset)> given, string key, string unique)
    {
        var parameters = new ParameterScope(outer?.Parameters);
        foreach (DeckLine line in source.Functions) Guard(line, () => DefineFunction(line, parameters));
        foreach (DeckLine line in source.Parameters) Guard(line, () => DefineParameters(line, parameters));
        foreach ((string name, _, string value, int offset) in source.Defaults) parameters.Define(name, value, source.Header!, offset);
        foreach ((string name, double value, _) in given) parameters.Define(name, value);
        var models = new Dictionary<string, DeckLine>();
        foreach (DeckLine line in source.Models)
        {
            Guard(line, () =>
            {
                (string name, _) = ModelReader.Head(line);
                if (!models.TryAdd(name, line)) throw new DeckSyntaxError(0, $"model {name} is defined twice.");
            });
        }

        return new SubcircuitScope(source, outer, parameters, key, unique, models);
    }

    private static void DefineParameters(DeckLine line, ParameterScope parameters)
    {
        var cursor = new DeckCursor(line);
        cursor.Next(".param");
        List<(string Name, int NameOffset, string Value, int ValueOffset)> list = DeckAssignments.Read(cursor.Rest, cursor.Position);
        if (list.Count == 0) throw new DeckSyntaxError(line.Text.Length, "the line ends here, expected name=value.");
        foreach ((string name, int nameOffset, string value, int valueOffset) in list)
        {
            if (name.Contains('(', StringComparison.Ordinal)) AddFunction(name, nameOffset, value, valueOffset, parameters);
            else if (!IsIdentifier(name)) throw new DeckSyntaxError(nameOffset, $"'{name}' is no parameter name; use letters, digits and underscores.");
            else parameters.Define(name, value, line, valueOffset);
        }
    }

    private static void DefineFunction(DeckLine line, ParameterScope parameters)
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
        AddFunction(rest[..(close + 1)].Trim(), offset, body, bodyOffset, parameters);
    }

    private static void AddFunction(string head, int headOffset, string body, int bodyOffset, ParameterScope parameters)
    {
        int open = head.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0) throw new DeckSyntaxError(headOffset, "expected name(arguments).");
        string[] arguments = head[(open + 1)..].TrimEnd(')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string name = head[..open].Trim();
        if (!IsIdentifier(name) || !arguments.All(IsIdentifier)) throw new DeckSyntaxError(headOffset, $"'{head}' is no function head; expected name(a,b).");
        parameters.DefineFunction(name, arguments, body, bodyOffset);
    }

    private static bool IsIdentifier(string name)
        => name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.');

    private List<Element> ReadElements(SubcircuitScope scope)
    {
        var elements = new List<Element>(scope.Source.Elements.Count);
        var names = new HashSet<string>();
        var reader = new ElementReader(this, scope);
        foreach (DeckLine line in scope.Source.Elements)
        {
            Guard(line, () =>
            {
                Element element = reader.Read(new DeckCursor(line));
                if (!names.Add(element.Name)) throw new DeckSyntaxError(0, $"element {element.Name} is defined twice; names must differ.");
                elements.Add(element);
            });
        }

        return elements;
    }

    private void Guard(DeckLine line, Action read)
    {
        try
        {
            read();
        }
        catch (DeckSyntaxError error)
        {
            problems.Error(line, error.Offset, error.Message);
        }
    }
}
