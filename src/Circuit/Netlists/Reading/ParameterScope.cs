using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Parameters and functions that a deck or one instance of a subcircuit sees; a value is computed when first asked for.</summary>
internal sealed class ParameterScope(ParameterScope? outer)
{
    // A chain of functions longer than this calls itself.
    private const int MaximumCalls = 100;

    private readonly Dictionary<string, Definition> _parameters = [];
    private readonly Dictionary<string, Function> _functions = [];

    /// <summary>Defines a parameter by an expression, or replaces its definition.</summary>
    public void Define(string name, string text, DeckLine line, int offset) => _parameters[name] = new Definition(text, line, offset);

    /// <summary>Defines a parameter by a number.</summary>
    public void Define(string name, double value) => _parameters[name] = new Definition(value);

    /// <summary>Defines a function.</summary>
    /// <exception cref="DeckSyntaxError">The body is no expression.</exception>
    public void DefineFunction(string name, string[] arguments, string body, int offset)
        => _functions[name] = new Function(arguments, ParseAt(body, offset, isParameter: true));

    /// <summary>True when the name is a parameter here or further out.</summary>
    public bool Knows(string name) => _parameters.ContainsKey(name) || (outer?.Knows(name) ?? false);

    /// <summary>Value of an expression in this scope.</summary>
    /// <param name="text">The expression without braces.</param>
    /// <param name="offset">Where it begins in its statement.</param>
    /// <exception cref="DeckSyntaxError">It cannot be read, or a name in it is unknown or defined by itself.</exception>
    public double Evaluate(string text, int offset)
    {
        ExpressionNode node = Resolve(ParseAt(text, offset, isParameter: true), offset, 0);
        double value;
        try
        {
            value = CompiledExpression.Compile(Expression.FromRoot(node)).Evaluate([], []);
        }
        catch (ExpressionSyntaxException error)
        {
            throw new DeckSyntaxError(offset, error.Problem);
        }

        return double.IsFinite(value) ? value : throw new DeckSyntaxError(offset, $"'{text}' is {value}; expected a finite number.");
    }

    /// <summary>Expression of a B source with parameters replaced by numbers and functions by their bodies.</summary>
    /// <exception cref="DeckSyntaxError">It cannot be read, or a name in it is unknown.</exception>
    public Expression Bind(string text, int offset)
    {
        ExpressionNode node = Resolve(ParseAt(text, offset, isParameter: false), offset, 0);
        try
        {
            var expression = Expression.FromRoot(node);
            CompiledExpression.Compile(expression);
            return expression;
        }
        catch (ExpressionSyntaxException error)
        {
            throw new DeckSyntaxError(offset, error.Problem);
        }
    }

    private ExpressionNode Resolve(ExpressionNode root, int offset, int depth)
    {
        if (depth > MaximumCalls) throw new DeckSyntaxError(offset, "a .func calls itself; functions cannot be recursive.");
        return root.Rewrite(node => node switch
        {
            ExpressionNode.Name n when !ExpressionConstants.IsKnown(n.Text) || Knows(n.Text) => new ExpressionNode.Number(ValueOf(n.Text, offset)),
            ExpressionNode.Call c when FindFunction(c.Function) is { } f => Inline(c, f, offset, depth),
            _ => node,
        });
    }

    private ExpressionNode Inline(ExpressionNode.Call call, Function function, int offset, int depth)
    {
        if (call.Arguments.Items.Count != function.Arguments.Length)
            throw new DeckSyntaxError(offset, $"{call.Function} takes {function.Arguments.Length} arguments, not {call.Arguments.Items.Count}.");
        ExpressionNode body = function.Body.Rewrite(node => node is ExpressionNode.Name n && Array.IndexOf(function.Arguments, n.Text) is >= 0 and int index
            ? call.Arguments.Items[index]
            : node);
        return Resolve(body, offset, depth + 1);
    }

    private Function? FindFunction(string name) => _functions.TryGetValue(name, out Function? found) ? found : outer?.FindFunction(name);

    private double ValueOf(string name, int offset)
    {
        if (!_parameters.TryGetValue(name, out Definition? definition))
            return outer?.ValueOf(name, offset) ?? throw new DeckSyntaxError(offset, $"'{name}' is no parameter here; define it with .param {name}=value.");
        if (definition.Value is { } known) return known;
        if (definition.IsBeingEvaluated) throw new DeckSyntaxError(offset, $"parameter '{name}' is defined by itself.");
        definition.IsBeingEvaluated = true;
        try
        {
            definition.Value = Evaluate(definition.Text, 0);
        }
        catch (DeckSyntaxError error) when (!definition.HasFailed)
        {
            definition.HasFailed = true;
            throw new DeckSyntaxError(offset, $"parameter '{name}' (line {definition.Line!.Line}): {error.Message}");
        }
        finally
        {
            definition.IsBeingEvaluated = false;
        }

        return definition.Value.Value;
    }

    private static ExpressionNode ParseAt(string text, int offset, bool isParameter)
    {
        try
        {
            return ExpressionParser.Parse(text, isParameter);
        }
        catch (ExpressionSyntaxException error)
        {
            throw new DeckSyntaxError(offset + error.Position, error.Problem);
        }
    }

    private sealed record Function(string[] Arguments, ExpressionNode Body);

    private sealed class Definition
    {
        public Definition(string text, DeckLine line, int offset)
        {
            Text = text;
            Line = line;
            Offset = offset;
        }

        public Definition(double value)
        {
            Text = "";
            Value = value;
        }

        public string Text { get; }

        public DeckLine? Line { get; }

        public int Offset { get; }

        public double? Value { get; set; }

        public bool IsBeingEvaluated { get; set; }

        public bool HasFailed { get; set; }
    }
}
