namespace CircuitSim.Circuit.Expressions;

/// <summary>Turns a syntax tree into operations, each distinct subexpression once.</summary>
internal sealed class ExpressionCompiler(Expression expression)
{
    private readonly Dictionary<(OperationKind, int, int, int, double, string?), int> _known = [];
    private readonly Dictionary<ExpressionInput, int> _inputs = [];

    public List<Operation> Operations { get; } = [];

    public List<ExpressionInput> Inputs { get; } = [];

    /// <summary>Adds the operations of a tree; the last one has its value.</summary>
    public int Add(ExpressionNode node)
    {
        int result = Visit(node);
        // The value is read from the last operation: a shared one further up is repeated at the end.
        return result == Operations.Count - 1 ? result : Append(OperationKind.Add, result, Emit(OperationKind.Constant, constant: -0.0));
    }

    private int Visit(ExpressionNode node) => node switch
    {
        ExpressionNode.Number n => Emit(OperationKind.Constant, constant: n.Value),
        ExpressionNode.Name { Text: ExpressionConstants.Time } => Emit(OperationKind.Time),
        ExpressionNode.Name { Text: ExpressionConstants.Temperature } => Emit(OperationKind.Temperature),
        ExpressionNode.Name n => Emit(OperationKind.Constant, constant: ExpressionConstants.Find(n.Text) ?? throw Unknown(n.Text, "parameter")),
        ExpressionNode.Voltage v => Input(new ExpressionInput(false, v.Plus, v.Minus)),
        ExpressionNode.Current c => Input(new ExpressionInput(true, c.Source, null)),
        ExpressionNode.Unary u => Emit(u.Operator == '-' ? OperationKind.Negate : OperationKind.Not, Visit(u.Operand)),
        ExpressionNode.Conditional c => Emit(OperationKind.Select, Visit(c.Condition), Visit(c.WhenTrue), Visit(c.WhenFalse)),
        ExpressionNode.Binary b => Binary(b),
        ExpressionNode.Call c => Call(c),
        _ => throw new InvalidOperationException("Unknown kind of expression node."),
    };

    private int Binary(ExpressionNode.Binary b)
    {
        if (b is { Operator: "^", Right: ExpressionNode.Number { Value: 2 } }) return Emit(OperationKind.Square, Visit(b.Left));
        int left = Visit(b.Left), right = Visit(b.Right);
        return b.Operator switch
        {
            "+" => Emit(OperationKind.Add, left, right),
            "-" => Emit(OperationKind.Subtract, left, right),
            "*" => Emit(OperationKind.Multiply, left, right),
            "/" => Emit(OperationKind.Divide, left, right),
            "^" => Emit(OperationKind.Power, left, right),
            "<" => Emit(OperationKind.Less, left, right),
            ">" => Emit(OperationKind.Less, right, left),
            "<=" => Emit(OperationKind.LessOrEqual, left, right),
            ">=" => Emit(OperationKind.LessOrEqual, right, left),
            "==" => Emit(OperationKind.Equal, left, right),
            "!=" => Emit(OperationKind.Not, Emit(OperationKind.Equal, left, right)),
            "&&" => Emit(OperationKind.And, left, right),
            _ => Emit(OperationKind.Or, left, right),
        };
    }

    private int Call(ExpressionNode.Call call)
    {
        IReadOnlyList<ExpressionNode> arguments = call.Arguments.Items;
        if (!ExpressionFunctions.ArgumentCounts.ContainsKey(call.Function)) throw Unknown(call.Function, "function");
        if (call.Function is "ln" or "log" && SoftPlusArgument(arguments[0]) is { } exponent) return Emit(OperationKind.SoftPlus, Visit(exponent));
        int a = Visit(arguments[0]);
        if (arguments.Count == 1) return Emit(OperationKind.Function, a, function: call.Function);
        int b = Visit(arguments[1]);
        return call.Function switch
        {
            "min" => Emit(OperationKind.Minimum, a, b),
            "max" => Emit(OperationKind.Maximum, a, b),
            "atan2" => Emit(OperationKind.ArcTangent2, a, b),
            "signedpow" => Emit(OperationKind.SignedPower, a, b),
            // limit(x, low, high)
            _ => Emit(OperationKind.Minimum, Emit(OperationKind.Maximum, a, b), Visit(arguments[2])),
        };
    }

    private static ExpressionNode? SoftPlusArgument(ExpressionNode node)
    {
        if (node is not ExpressionNode.Binary { Operator: "+" } sum) return null;
        return (sum.Left, sum.Right) switch
        {
            (ExpressionNode.Number { Value: 1 }, ExpressionNode.Call { Function: "exp" } e) => e.Arguments.Items[0],
            (ExpressionNode.Call { Function: "exp" } e, ExpressionNode.Number { Value: 1 }) => e.Arguments.Items[0],
            _ => null,
        };
    }

    private int Input(ExpressionInput input)
    {
        if (!_inputs.TryGetValue(input, out int index))
        {
            index = Inputs.Count;
            _inputs.Add(input, index);
            Inputs.Add(input);
        }

        return Emit(OperationKind.Input, index);
    }

    private int Emit(OperationKind kind, int a = -1, int b = -1, int c = -1, double constant = 0, string? function = null)
    {
        // Zeros of either sign compare equal, but are different constants.
        (OperationKind, int, int, int, double, string?) key = (kind, a, b, c, constant, constant == 0 && double.IsNegative(constant) ? "-" : function);
        if (_known.TryGetValue(key, out int known)) return known;
        int index = Append(kind, a, b, c, constant, function);
        _known.Add(key, index);
        return index;
    }

    private int Append(OperationKind kind, int a = -1, int b = -1, int c = -1, double constant = 0, string? function = null)
    {
        double perA = kind == OperationKind.Negate ? -1 : kind is OperationKind.Add or OperationKind.Subtract ? 1 : 0;
        double perB = kind == OperationKind.Add ? 1 : kind == OperationKind.Subtract ? -1 : 0;
        Operations.Add(new Operation { Kind = kind, A = a, B = b, C = c, Constant = constant, Function = function, PerA = perA, PerB = perB });
        return Operations.Count - 1;
    }

    private ExpressionSyntaxException Unknown(string name, string what)
        => new(expression.Text, Math.Max(0, expression.Text.IndexOf(name, StringComparison.Ordinal)), $"'{name}' is no known {what}; define it or check its spelling.");
}
