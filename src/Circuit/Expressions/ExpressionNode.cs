namespace CircuitSim.Circuit.Expressions;

/// <summary>A node of an expression's syntax tree.</summary>
internal abstract record ExpressionNode
{
    /// <summary>A literal number.</summary>
    public sealed record Number(double Value) : ExpressionNode;

    /// <summary>A parameter, a constant such as <c>pi</c>, or <c>time</c>.</summary>
    public sealed record Name(string Text) : ExpressionNode;

    /// <summary>Voltage of a node, or between two nodes.</summary>
    public sealed record Voltage(string Plus, string? Minus) : ExpressionNode;

    /// <summary>Current through a voltage source.</summary>
    public sealed record Current(string Source) : ExpressionNode;

    /// <summary>Minus or logical not.</summary>
    public sealed record Unary(char Operator, ExpressionNode Operand) : ExpressionNode;

    /// <summary>An infix operation: one of + - * / ^ &lt; &gt; &lt;= &gt;= == != &amp;&amp; ||.</summary>
    public sealed record Binary(string Operator, ExpressionNode Left, ExpressionNode Right) : ExpressionNode;

    /// <summary>A choice: condition ? one : other.</summary>
    public sealed record Conditional(ExpressionNode Condition, ExpressionNode WhenTrue, ExpressionNode WhenFalse) : ExpressionNode;

    /// <summary>A function applied to arguments.</summary>
    public sealed record Call(string Function, EquatableArguments Arguments) : ExpressionNode;

    /// <summary>The same tree with every node replaced bottom-up by what <paramref name="map"/> makes of it.</summary>
    public ExpressionNode Rewrite(Func<ExpressionNode, ExpressionNode> map) => map(this switch
    {
        Unary u => u with { Operand = u.Operand.Rewrite(map) },
        Binary b => b with { Left = b.Left.Rewrite(map), Right = b.Right.Rewrite(map) },
        Conditional c => new Conditional(c.Condition.Rewrite(map), c.WhenTrue.Rewrite(map), c.WhenFalse.Rewrite(map)),
        Call c => c with { Arguments = new EquatableArguments([.. c.Arguments.Items.Select(a => a.Rewrite(map))]) },
        _ => this,
    });

    /// <summary>This node and everything below it, in reading order.</summary>
    public IEnumerable<ExpressionNode> All()
    {
        var open = new Stack<ExpressionNode>([this]);
        while (open.TryPop(out ExpressionNode? node))
        {
            yield return node;
            foreach (ExpressionNode part in node.Parts().Reverse()) open.Push(part);
        }
    }

    /// <summary>The nodes directly below this one, in reading order.</summary>
    public IReadOnlyList<ExpressionNode> Parts() => this switch
    {
        Unary u => [u.Operand],
        Binary b => [b.Left, b.Right],
        Conditional c => [c.Condition, c.WhenTrue, c.WhenFalse],
        Call c => c.Arguments.Items,
        _ => [],
    };
}
