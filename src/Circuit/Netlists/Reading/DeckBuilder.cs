using System.Collections.ObjectModel;
using System.Globalization;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Makes a netlist from sorted statements: evaluates parameters and gives every used set of subcircuit parameters a definition.</summary>
internal sealed class DeckBuilder(DeckStatements statements, DeckProblems problems)
{
    // Nested deeper than this no circuit is; the engine has the same limit.
    private const int DeepestCalls = 100;

    private readonly Dictionary<string, List<Variant>> _instances = [];
    private static readonly Dictionary<string, ParameterDefinition> NoParameters = [];

    // Elements of each definition with all subcircuits in it written out.
    private readonly Dictionary<string, long> _sizes = [];
    private bool _isTooLarge;

    private readonly HashSet<string> _usedNames = [];
    private readonly Dictionary<string, int> _lastNumbers = [];
    private readonly List<SubcircuitDefinition> _definitions = [];
    private readonly HashSet<SubcircuitSource> _built = [];
    private readonly HashSet<SubcircuitSource> _open = [];
    private readonly Dictionary<(DeckLine Line, string Unique), object?> _models = [];

    /// <summary>Builds the netlist; errors go to the problems given at construction.</summary>
    public Netlist Build(string title, IReadOnlyList<string> comments)
    {
        var parameters = new ParameterScope(null, null, problems);
        SubcircuitSource source = statements.Top;
        DefineFunctions(source, parameters);
        foreach (ParameterDefinition p in ReadParameters(source, parameters)) parameters.Define(p.Name, p.Text, p.Line, p.Offset);
        var top = new SubcircuitScope(source, null, parameters, "", ReadModels(source));
        List<Element> elements = ReadElements(top);
        BuildUnused(top);
        var commands = new DeckCommands(problems);
        foreach (DeckLine line in statements.Commands) Guard(line, () => commands.Read(new DeckCursor(line), top.Parameters));
        ControlCommands.Check(statements.ControlLines, commands.Analyses, top.Parameters, problems);
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
    public string Instantiate(SubcircuitSource source, SubcircuitScope caller, IReadOnlyDictionary<string, ParameterDefinition> given)
    {
        if (_open.Contains(source)) throw new DeckSyntaxError(0, $"subcircuit {source.Name} calls itself.");
        if (_open.Count >= DeepestCalls) throw new DeckSyntaxError(0, $"subcircuits are nested more than {DeepestCalls} deep.");
        SubcircuitScope home = caller;
        while (home.Source != source.Outer) home = home.Outer!;
        var parameters = new ParameterScope(home.Parameters, caller.Parameters, problems);
        DefineFunctions(source, parameters);
        source.Parameters ??= InstanceParameters.Order(source.Defaults.Concat(ReadParameters(source, parameters)), parameters, problems);
        foreach ((string name, ParameterDefinition definition) in given)
        {
            if (!source.Parameters.Names.Contains(name))
                throw new DeckSyntaxError(definition.Offset, $"subcircuit {source.Name} has no parameter '{name}'; it has {Listed(source)}.");
        }

        source.Parameters.Assign(parameters, caller.Parameters, given, problems);
        string key = $"{home.UniqueName}/{source.Name}({string.Join(',', source.Parameters.Names.Select(n => parameters.OwnValue(n) is { } v ? SpiceNumber.Format(v) : "?"))})";
        if (!_instances.TryGetValue(key, out List<Variant>? variants)) _instances.Add(key, variants = []);
        if (variants.Find(v => parameters.Finds(v.Reads)) is { } known) return known.UniqueName;

        if (_definitions.Count + _open.Count >= problems.Limits.Definitions)
            throw new DeckSyntaxError(0, $"subcircuits with different parameters make more than {problems.Limits.Definitions} definitions; raise the limit with --limit definitions=N.");
        string unique = UniqueName(source, given.Count == 0 && home.Outer is null);
        _built.Add(source);
        _open.Add(source);
        var scope = new SubcircuitScope(source, home, parameters, unique, ReadModels(source));
        List<Element> elements = ReadElements(scope);
        _definitions.Add(new SubcircuitDefinition(unique, [.. source.Ports], elements));
        _sizes[unique] = elements.Sum(e => e is SubcircuitCall x ? _sizes.GetValueOrDefault(x.Subcircuit) : 1);
        BuildUnused(scope);
        _open.Remove(source);
        variants.Add(new Variant(unique, parameters.OuterReads));
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
            using (problems.At(line))
            {
                T model = read();
                _models.Add((line, unique), model);
                return model;
            }
        }
        catch (DeckSyntaxError error)
        {
            _models.Add((line, unique), null);
            problems.Error(line, error);
            throw new DeckSyntaxError(0, $"model {unique} has errors.");
        }
    }

    private static string Listed(SubcircuitSource source) => source.Parameters!.Names.Any() ? string.Join(", ", source.Parameters.Names) : "none";

    private string UniqueName(SubcircuitSource source, bool isPlain)
    {
        string name = source.Name;
        // A set of parameters must not take the name that the plain definition has in the deck.
        if (!isPlain && statements.Top.Nested.ContainsKey(name)) name = $"{name}__2";
        // Numbers below were tried for the definitions before.
        int number = _lastNumbers.GetValueOrDefault(source.Name, 1);
        while (!_usedNames.Add(name)) name = string.Create(CultureInfo.InvariantCulture, $"{source.Name}__{++number}");
        _lastNumbers[source.Name] = number;
        return name;
    }

    /// <summary>Definitions that nothing calls are built too: their errors count, and nothing is lost when the netlist is written.</summary>
    private void BuildUnused(SubcircuitScope scope)
    {
        if (scope.Source.Nested.Count == 0) return;
        SubcircuitSource[] unused = [.. scope.Source.Nested.Values.Where(s => !_built.Contains(s))];
        // A definition that another one calls is built from there, where it sees the parameters that it was written for.
        HashSet<string> called = [.. unused.SelectMany(u => u.Elements).Where(l => l.FirstWord.StartsWith('x')).SelectMany(l => l.Text.ToLowerInvariant().Split(' '))];
        foreach (SubcircuitSource source in unused.OrderBy(u => called.Contains(u.Name)))
        {
            if (_built.Contains(source)) continue;
            int before = problems.ErrorCount, definitions = _definitions.Count;
            Guard(source.Header!, () => Instantiate(source, scope, NoParameters));
            if (problems.TakeUnknownNames(before) is not { } lacking) continue;
            _definitions.RemoveRange(definitions, _definitions.Count - definitions);
            problems.LeaveOut(source.Header!, 0, $"subcircuit {source.Name} is not called, and cannot be read on its own: line {lacking.Line}, {lacking.Message}");
        }
    }

    private void DefineFunctions(SubcircuitSource source, ParameterScope parameters)
    {
        foreach (DeckLine line in source.Functions) Guard(line, () => DefinitionReader.Function(line, parameters));
    }

    private List<ParameterDefinition> ReadParameters(SubcircuitSource source, ParameterScope parameters)
    {
        var found = new List<ParameterDefinition>();
        foreach (DeckLine line in source.ParameterLines) Guard(line, () => found.AddRange(DefinitionReader.Parameters(line, parameters)));
        return found;
    }

    private IReadOnlyDictionary<string, DeckLine> ReadModels(SubcircuitSource source)
    {
        if (source.Models.Count == 0) return ReadOnlyDictionary<string, DeckLine>.Empty;
        var models = new Dictionary<string, DeckLine>();
        foreach (DeckLine line in source.Models)
        {
            Guard(line, () =>
            {
                (string name, _) = ModelReader.Head(line);
                if (!models.TryAdd(name, line)) throw new DeckSyntaxError(0, $"model {name} is defined twice.");
            });
        }

        return models;
    }

    private List<Element> ReadElements(SubcircuitScope scope)
    {
        var elements = new List<Element>(scope.Source.Elements.Count);
        var names = new HashSet<string>();
        long size = 0;
        var reader = new ElementReader(this, scope);
        foreach (DeckLine line in scope.Source.Elements)
        {
            Guard(line, () =>
            {
                Element element = reader.Read(new DeckCursor(line));
                if (!names.Add(element.Name)) throw new DeckSyntaxError(0, $"element {element.Name} is defined twice; names must differ.");
                size += element is SubcircuitCall x ? _sizes.GetValueOrDefault(x.Subcircuit) : 1;
                if (size <= problems.Limits.Elements)
                {
                    elements.Add(element);
                    return;
                }

                // Said once: whatever calls this is too large as well.
                if (_isTooLarge) return;
                _isTooLarge = true;
                throw new DeckSyntaxError(0, $"subcircuits expand to more than {problems.Limits.Elements} elements; raise the limit with --limit elements=N.");
            });
        }

        return elements;
    }

    private void Guard(DeckLine line, Action read)
    {
        using (problems.At(line))
        {
            try
            {
                read();
            }
            catch (DeckSyntaxError error)
            {
                problems.Error(line, error);
            }
        }
    }

    /// <summary>A definition that was built, and what it took from where it was called.</summary>
    private sealed record Variant(string UniqueName, IReadOnlyDictionary<string, ParameterScope.Definition?> Reads);
}
