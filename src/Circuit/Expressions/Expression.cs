namespace CircuitSim.Circuit.Expressions;

/// <summary>An expression of node voltages, source currents, parameters and numbers, as B sources and .param hold it.</summary>
/// <remarks>Immutable; two expressions are equal when they read the same after normalising spaces and parentheses.</remarks>
public sealed class Expression : IEquatable<Expression>
{
    private string? _text;

    private Expression(ExpressionNode root) => Root = root;

    /// <summary>Normalised text, which parses to the same expression.</summary>
    public string Text => _text ??= ExpressionText.Write(Root);

    /// <summary>Nodes whose voltage is read, each once, in reading order.</summary>
    public IReadOnlyList<string> Nodes => [.. Root.All().OfType<ExpressionNode.Voltage>()
        .SelectMany(v => v.Minus is null ? [v.Plus] : new[] { v.Plus, v.Minus }).Distinct()];

    /// <summary>Voltage sources whose current is read, each once, in reading order.</summary>
    public IReadOnlyList<string> Sources => [.. Root.All().OfType<ExpressionNode.Current>().Select(c => c.Source).Distinct()];

    /// <summary>Parameter names that stand for no constant yet, each once, in reading order.</summary>
    public IReadOnlyList<string> FreeNames => [.. Root.All().OfType<ExpressionNode.Name>()
        .Select(n => n.Text).Where(n => !ExpressionConstants.IsKnown(n)).Distinct()];

    internal ExpressionNode Root { get; }

    /// <summary>Reads an expression of a B source.</summary>
    /// <param name="text">For example <c>1e-3*v(a,b)^2 + i(vsense)</c>; letter case does not matter.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="ExpressionSyntaxException">The text is no expression; the message says where and what was expected.</exception>
    public static Expression Parse(string text) => new(ExpressionParser.Parse(text.ToLowerInvariant(), isParameter: false));

    /// <summary>Wraps a number.</summary>
    /// <param name="value">A finite number.</param>
    /// <returns>The constant expression.</returns>
    public static Expression Constant(double value) => new(new ExpressionNode.Number(value));

    /// <summary>The same expression with nodes and sources called otherwise, as when a subcircuit is expanded.</summary>
    /// <param name="node">New name of a node.</param>
    /// <param name="source">New name of a source.</param>
    /// <returns>The renamed expression.</returns>
    public Expression Rename(Func<string, string> node, Func<string, string> source) => new(Root.Rewrite(n => n switch
    {
        ExpressionNode.Voltage v => new ExpressionNode.Voltage(node(v.Plus), v.Minus is null ? null : node(v.Minus)),
        ExpressionNode.Current c => new ExpressionNode.Current(source(c.Source)),
        _ => n,
    }));

    /// <summary>The same expression with numbers in the place of names.</summary>
    internal Expression WithNames(Func<string, double?> value)
        => new(Root.Rewrite(n => n is ExpressionNode.Name name && value(name.Text) is { } number ? new ExpressionNode.Number(number) : n));

    /// <inheritdoc/>
    public bool Equals(Expression? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Expression);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Wraps a syntax tree.</summary>
    internal static Expression FromRoot(ExpressionNode root) => new(root);
}
