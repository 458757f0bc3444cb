using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Parameters and functions that a deck or one instance of a subcircuit sees.</summary>
/// <remarks>
/// As in ngspice 39 and 45, a subcircuit sees the functions of the place where it is defined and the parameters of the place where it is called.
/// </remarks>
/// <param name="lexical">Scope around the definition; null for the deck itself.</param>
/// <param name="caller">Scope of the call; null for the deck itself.</param>
/// <param name="problems">Receives remarks.</param>
internal sealed class ParameterScope(ParameterScope? lexical, ParameterScope? caller, DeckProblems problems)
{
    // ngspice's limit for parameters that depend on each other.
    private const int LongestChain = 1000;

    // A chain of functions longer than this is no design.
    private const int DeepestCalls = 100;

    private static readonly Dictionary<string, string> Reserved = new()
    {
        [ExpressionConstants.Time] = "the simulation time",
        [ExpressionConstants.Temperature] = "the temperature of the circuit",
        [ExpressionConstants.Frequency] = "the frequency of an AC analysis",
    };

    private readonly ParameterScope? _caller = caller;
    private readonly Dictionary<string, Definition> _parameters = [];
    private readonly Dictionary<string, Definition?> _outerReads = [];
    private Dictionary<string, Function>? _functions;

    /// <summary>What was looked up in the scope of the call: the definition that was found there, or null for none.</summary>
    public IReadOnlyDictionary<string, Definition?> OuterReads => _outerReads;

    /// <summary>True when a parameter of this scope itself is defined.</summary>
    public bool HasOwn => _parameters.Count > 0;

    /// <summary>Defines a parameter by an expression that is evaluated when it is first asked for, or replaces its definition.</summary>
    public void Define(string name, string text, DeckLine line, int offset) => _parameters[name] = new Definition(name, text, line, offset);

    /// <summary>Defines a parameter by a number.</summary>
    public void Define(string name, double value) => _parameters[name] = new Definition(name, value);

    /// <summary>Defines a parameter whose value cannot be had; using it is an error.</summary>
    public void DefineFailed(string name, DeckLine line, DeckSyntaxError cause) =>
        _parameters[name] = new Definition(name, "", line, 0) { Failure = Named(name, line, cause) };

    /// <summary>Defines a function.</summary>
    /// <exception cref="DeckSyntaxError">The body is no expression.</exception>
    public void DefineFunction(string name, string[] arguments, string body, int offset)
        => (_functions ??= [])[name] = new Function(this, arguments, ParseAt(body, offset, isParameter: true));

    /// <summary>Refuses names that stand for a quantity of the simulation.</summary>
    /// <exception cref="DeckSyntaxError">The name is one of them.</exception>
    public static void CheckName(string name, int offset)
    {
        if (Reserved.TryGetValue(name, out string? meaning))
            throw new DeckSyntaxError(offset, $"'{name}' is {meaning} in ngspice and cannot be a parameter; rename the parameter.");
    }

    /// <summary>True when the name is a parameter here or where this was called.</summary>
    public bool Knows(string name) => Find(name) is not null;

    /// <summary>True when everything that was looked up by another instance means the same when it is looked up from here.</summary>
    public bool Finds(IReadOnlyDictionary<string, Definition?> reads)
    {
        foreach ((string name, Definition? there) in reads)
        {
            Definition? here = Find(name);
            if (!ReferenceEquals(here, there) && !(here?.Value is { } a && there?.Value is { } b && a.Equals(b))) return false;
        }

        return true;
    }

    /// <summary>Value of a parameter of this scope itself, or null when it has none yet.</summary>
    public double? OwnValue(string name) => _parameters.TryGetValue(name, out Definition? found) ? found.Value : null;

    /// <summary>Value of a parameter as it is seen here, or null when there is none.</summary>
    public double? ValueOrNull(string name)
    {
        try
        {
            return Knows(name) ? ValueOf(name, 0) : null;
        }
        catch (DeckSyntaxError)
        {
            return null;
        }
    }

    /// <summary>Reads a word that is a number.</summary>
    /// <returns>False when it is none.</returns>
    public bool TryNumber(string text, int offset, out double value)
    {
        problems.ThrowIfCancelled();
        if (!SpiceNumber.TryParse(text, out value)) return false;
        Remark(offset, text);
        return true;
    }

    /// <summary>Value of a number or an expression.</summary>
    /// <param name="text">The expression without braces.</param>
    /// <param name="offset">Where it begins in its statement.</param>
    /// <exception cref="DeckSyntaxError">It cannot be read, or a name in it is unknown or defined by itself.</exception>
    public double Evaluate(string text, int offset)
        => TryNumber(text, offset, out double value) ? value : Evaluate(Expand(ParseAt(text, offset, isParameter: true), offset), text, offset);

    /// <summary>Parameters that an expression names, those in the bodies of functions included; none when it cannot be read.</summary>
    public IEnumerable<string> NamesIn(string text)
    {
        try
        {
            return [.. Expand(ParseAt(text, 0, isParameter: true), 0).All().OfType<ExpressionNode.Name>().Select(n => n.Text)];
        }
        catch (DeckSyntaxError)
        {
            return [];
        }
    }

    /// <summary>Expression of a B source with parameters replaced by numbers and functions by their bodies.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="offset">Where it begins in its statement.</param>
    /// <param name="free">Names that stay as they are.</param>
    /// <exception cref="DeckSyntaxError">It cannot be read, or a name in it is unknown.</exception>
    public Expression Bind(string text, int offset, IReadOnlyCollection<string>? free = null)
    {
        ExpressionNode node = Substitute(Expand(ParseAt(text, offset, isParameter: false), offset), offset, free);
        return Guarded(offset, () =>
        {
            var expression = Expression.FromRoot(node);
            if (free is null) CompiledExpression.Compile(expression);
            return expression;
        });
    }

    private Definition? Find(string name)
    {
        if (_parameters.TryGetValue(name, out Definition? own)) return own;
        if (_caller is null) return null;
        if (_outerReads.TryGetValue(name, out Definition? known)) return known;
        Definition? outer = _caller.Find(name);
        _outerReads.Add(name, outer);
        return outer;
    }

    private Function? FindFunction(string name) => _functions is not null && _functions.TryGetValue(name, out Function? found) ? found : lexical?.FindFunction(name);

    private double Evaluate(ExpressionNode expanded, string text, int offset)
    {
        ExpressionNode node = Substitute(expanded, offset, null);
        if (node.All().Any(n => n is ExpressionNode.Name { Text: ExpressionConstants.Time }))
            throw new DeckSyntaxError(offset, "a parameter cannot depend on time; write the expression into a B source.");
        double value = node is ExpressionNode.Number number
            ? number.Value
            : Guarded(offset, () => CompiledExpression.Compile(Expression.FromRoot(node)).Evaluate([], []));
        return double.IsFinite(value) ? value : throw new DeckSyntaxError(offset, $"'{text}' is {value}; expected a finite number.");
    }

    private ExpressionNode Substitute(ExpressionNode root, int offset, IReadOnlyCollection<string>? free) => root.Rewrite(node => node switch
    {
        ExpressionNode.Name { Text: ExpressionConstants.Frequency } => throw new DeckSyntaxError(offset,
            "hertz, the frequency of an AC analysis, is not known to the native engine; run the deck with --engine ngspice."),
        ExpressionNode.Name n when free?.Contains(n.Text) is true => n,
        ExpressionNode.Name n when !ExpressionConstants.IsKnown(n.Text) || Knows(n.Text) => new ExpressionNode.Number(ValueOf(n.Text, offset)),
        ExpressionNode.Voltage v => new ExpressionNode.Voltage(DeckNodes.Normalise(v.Plus), v.Minus is null ? null : DeckNodes.Normalise(v.Minus)),
        ExpressionNode.Current c => new ExpressionNode.Current(ElementNames.FromNgspice(c.Source)),
        _ => node,
    });

    /// <summary>The tree with calls of functions replaced by their bodies.</summary>
    private ExpressionNode Expand(ExpressionNode root, int offset, int depth = 0) => root.Rewrite(node =>
        node is ExpressionNode.Call c && FindFunction(c.Function) is { } f ? Inline(c, f, offset, depth) : node);

    private ExpressionNode Inline(ExpressionNode.Call call, Function function, int offset, int depth)
    {
        if (call.Arguments.Items.Count != function.Arguments.Length)
            throw new DeckSyntaxError(offset, $"{call.Function} takes {function.Arguments.Length} arguments, not {call.Arguments.Items.Count}.");
        ExpressionNode body = function.Body;
        if (!function.IsExpanded)
        {
            // Names in the body are those of the place of the call, functions those of the place of the definition.
            if (function.IsOpen || depth > DeepestCalls) throw new DeckSyntaxError(offset, "a .func calls itself; functions cannot be recursive.");
            function.IsOpen = true;
            try
            {
                body = function.Home.Expand(body, offset, depth + 1);
            }
            finally
            {
                function.IsOpen = false;
            }

            function.Body = body;
            function.IsExpanded = true;
        }

        ExpressionSize[] arguments = [.. call.Arguments.Items.Select(a => ExpressionSize.Of(a))];
        ExpressionSize size = ExpressionSize.Of(body, node => node is ExpressionNode.Name n && Array.IndexOf(function.Arguments, n.Text) is >= 0 and int index
            ? arguments[index]
            : null);
        if (size.Depth > ExpressionSize.DeepestTree) throw new DeckSyntaxError(offset, $"with its functions written out the expression is nested more than {ExpressionSize.DeepestTree} deep.");
        if (size.Count > problems.Limits.Terms)
            throw new DeckSyntaxError(offset, $"with its functions written out the expression has more than {problems.Limits.Terms} terms; split it over several sources, or raise the limit with --limit terms=N.");
        return body.Rewrite(node => node is ExpressionNode.Name n && Array.IndexOf(function.Arguments, n.Text) is >= 0 and int index
            ? call.Arguments.Items[index]
            : node);
    }

    private double ValueOf(string name, int offset)
    {
        Definition definition = Find(name)
            ?? throw new DeckSyntaxError(offset, $"'{name}' is no parameter here; define it with .param {name}=value.") { IsUnknownName = true };
        if (definition.Value is null && definition.Failure is null) Root().Settle(definition);
        if (definition.Failure is { } cause) throw new DeckSyntaxError(offset, cause.Message) { IsUnknownName = cause.IsUnknownName };
        return definition.Value!.Value;
    }

    /// <summary>The deck's own scope, the only one with definitions that wait to be evaluated.</summary>
    private ParameterScope Root()
    {
        ParameterScope root = this;
        while (root._caller is { } outer) root = outer;
        return root;
    }

    /// <summary>Evaluates a definition and all that it depends on, the innermost first.</summary>
    private void Settle(Definition definition)
    {
        var open = new Stack<Definition>([definition]);
        while (open.TryPeek(out Definition? top))
        {
            using (problems.At(top.Line!))
            {
                try
                {
                    top.IsOpen = true;
                    top.Expanded ??= Expand(ParseAt(top.Text, top.Offset, isParameter: true), top.Offset);
                    Definition? missing = top.Expanded.All().OfType<ExpressionNode.Name>().Select(n => Find(n.Text))
                        .FirstOrDefault(d => d is { Value: null, Failure: null });
                    if (missing is { IsOpen: true }) throw new DeckSyntaxError(top.Offset, $"parameter '{missing.Name}' is defined by itself.");
                    if (missing is not null && open.Count >= LongestChain)
                        throw new DeckSyntaxError(top.Offset, $"parameters depend on each other in a chain of more than {LongestChain}, which is ngspice's limit too; shorten it.");
                    if (missing is not null)
                    {
                        open.Push(missing);
                        continue;
                    }

                    top.Value = Evaluate(top.Expanded, top.Text, top.Offset);
                }
                catch (DeckSyntaxError error)
                {
                    top.Failure = top.Expanded?.All().OfType<ExpressionNode.Name>().Select(n => Find(n.Text)?.Failure).FirstOrDefault(f => f is not null)
                        ?? Named(top.Name, top.Line!, error);
                }
            }

            top.IsOpen = false;
            open.Pop();
        }
    }

    private static DeckSyntaxError Named(string name, DeckLine line, DeckSyntaxError cause)
        => new(0, $"parameter '{name}' (line {line.Line}): {cause.Message}") { IsUnknownName = cause.IsUnknownName };

    private ExpressionNode ParseAt(string text, int offset, bool isParameter)
    {
        try
        {
            return ExpressionParser.Parse(text, isParameter, (position, number) => Remark(offset + position, number));
        }
        catch (ExpressionSyntaxException error)
        {
            throw new DeckSyntaxError(offset + error.Position, error.Problem);
        }
    }

    private void Remark(int offset, string number)
    {
        if (SpiceNumber.IsAtto(number))
            problems.Warn(offset, $"'{number}' is read with a as atto, 1e-18, as ngspice 45 does (ngspice 39 reads amperes); leave the letter out for amperes, or write e-18.");
    }

    private static T Guarded<T>(int offset, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ExpressionSyntaxException error)
        {
            throw new DeckSyntaxError(offset, error.Problem);
        }
    }

    /// <summary>A parameter: a number, or an expression until it is asked for.</summary>
    internal sealed class Definition(string name, string text, DeckLine? line, int offset)
    {
        public Definition(string name, double value)
            : this(name, "", null, 0) => Value = value;

        public string Name { get; } = name;

        public string Text { get; } = text;

        public DeckLine? Line { get; } = line;

        public int Offset { get; } = offset;

        public ExpressionNode? Expanded { get; set; }

        public double? Value { get; set; }

        public DeckSyntaxError? Failure { get; set; }

        public bool IsOpen { get; set; }
    }

    private sealed class Function(ParameterScope home, string[] arguments, ExpressionNode body)
    {
        public ParameterScope Home { get; } = home;

        public string[] Arguments { get; } = arguments;

        public ExpressionNode Body { get; set; } = body;

        public bool IsExpanded { get; set; }

        public bool IsOpen { get; set; }
    }
}
