namespace CircuitSim.Circuit.Expressions;

/// <summary>An expression as a list of operations that gives its value and exact gradient; owns scratch memory, so one a thread.</summary>
/// <remarks>
/// Equal subexpressions are computed once. The gradient is reverse-mode differentiation: one pass back over the operations.
/// ln(1+exp(x)) is recognised and computed without overflow.
/// </remarks>
public sealed class CompiledExpression
{
    private readonly Operation[] _operations;
    private readonly double[] _values, _adjoints;
    private readonly int _timeInput = -1, _temperatureInput = -1;

    private CompiledExpression(Operation[] operations, IReadOnlyList<ExpressionInput> inputs)
    {
        _operations = operations;
        _values = new double[operations.Length];
        _adjoints = new double[operations.Length];
        Inputs = inputs;
        for (int i = 0; i < operations.Length; i++)
        {
            if (operations[i].Kind == OperationKind.Time) _timeInput = i;
            if (operations[i].Kind == OperationKind.Temperature) _temperatureInput = i;
        }
    }

    /// <summary>What the expression reads, in the order in which <see cref="Evaluate"/> takes values and gives derivatives.</summary>
    public IReadOnlyList<ExpressionInput> Inputs { get; }

    /// <summary>Simulation time that <c>time</c> stands for, seconds.</summary>
    public double TimeSeconds { get; set; }

    /// <summary>Temperature that <c>temper</c> stands for, degrees Celsius.</summary>
    public double TemperatureCelsius { get; set; } = 27;

    /// <summary>True when the value changes with time by itself.</summary>
    public bool DependsOnTime => _timeInput >= 0;

    /// <summary>Compiles an expression.</summary>
    /// <param name="expression">The expression; every parameter must have been replaced by its value.</param>
    /// <returns>The compiled form.</returns>
    /// <exception cref="ExpressionSyntaxException">A name or function is unknown.</exception>
    public static CompiledExpression Compile(Expression expression)
    {
        var compiler = new ExpressionCompiler(expression);
        compiler.Add(expression.Root);
        return new CompiledExpression([.. compiler.Operations], compiler.Inputs);
    }

    /// <summary>Value and gradient at a point.</summary>
    /// <param name="inputs">Volts and amperes in the order of <see cref="Inputs"/>.</param>
    /// <param name="gradient">Receives the derivative with respect to each input; same length.</param>
    /// <returns>The value; not a number where the expression is undefined, for example sqrt(−1).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public double Evaluate(ReadOnlySpan<double> inputs, Span<double> gradient)
    {
        if (inputs.Length != Inputs.Count) throw new ArgumentException($"The expression reads {Inputs.Count} values.", nameof(inputs));
        if (gradient.Length != Inputs.Count) throw new ArgumentException($"The expression has {Inputs.Count} derivatives.", nameof(gradient));

        if (_timeInput >= 0) _values[_timeInput] = TimeSeconds;
        if (_temperatureInput >= 0) _values[_temperatureInput] = TemperatureCelsius;
        for (int i = 0; i < _operations.Length; i++)
        {
            ref Operation o = ref _operations[i];
            switch (o.Kind)
            {
                case OperationKind.Constant:
                    _values[i] = o.Constant;
                    break;
                case OperationKind.Input:
                    _values[i] = inputs[o.A];
                    break;
                case OperationKind.Time or OperationKind.Temperature:
                    break;
                default:
                    _values[i] = Forward(ref o);
                    break;
            }
        }

        gradient.Clear();
        if (inputs.Length > 0) Backward(gradient);
        return _values[^1];
    }

    /// <summary>Value of one operation; its local derivatives are kept in it for the way back.</summary>
    private double Forward(ref Operation o)
    {
        double a = _values[o.A], b = o.B >= 0 ? _values[o.B] : 0, c = o.C >= 0 ? _values[o.C] : 0;
        switch (o.Kind)
        {
            case OperationKind.Add:
                return a + b;
            case OperationKind.Subtract:
                return a - b;
            case OperationKind.Multiply:
                o.PerA = b;
                o.PerB = a;
                return a * b;
            case OperationKind.Divide:
                b = ExpressionFunctions.NotZero(b);
                o.PerA = 1 / b;
                o.PerB = -a / b / b;
                return a / b;
            case OperationKind.Square:
                o.PerA = 2 * a;
                return a * a;
            case OperationKind.Power:
                return ExpressionFunctions.Power(a, b, out o.PerA, out o.PerB);
            case OperationKind.SignedPower:
                return ExpressionFunctions.SignedPower(a, b, out o.PerA, out o.PerB);
            case OperationKind.Negate:
                return -a;
            case OperationKind.Not:
                return a == 0 ? 1 : 0;
            case OperationKind.Less:
                return a < b ? 1 : 0;
            case OperationKind.LessOrEqual:
                return a <= b ? 1 : 0;
            case OperationKind.Equal:
                return a == b ? 1 : 0;
            case OperationKind.And:
                return a != 0 && b != 0 ? 1 : 0;
            case OperationKind.Or:
                return a != 0 || b != 0 ? 1 : 0;
            case OperationKind.Minimum:
                o.PerA = a <= b ? 1 : 0;
                o.PerB = 1 - o.PerA;
                return Math.Min(a, b);
            case OperationKind.Maximum:
                o.PerA = a >= b ? 1 : 0;
                o.PerB = 1 - o.PerA;
                return Math.Max(a, b);
            case OperationKind.ArcTangent2:
                double square = ExpressionFunctions.NotZero(a * a + b * b);
                o.PerA = b / square;
                o.PerB = -a / square;
                return Math.Atan2(a, b);
            case OperationKind.SoftPlus:
                return ExpressionFunctions.SoftPlus(a, out o.PerA);
            case OperationKind.Select:
                o.PerB = a != 0 ? 1 : 0;
                o.PerC = 1 - o.PerB;
                return a != 0 ? b : c;
            default:
                return ExpressionFunctions.Evaluate(o.Function!, a, out o.PerA);
        }
    }

    private void Backward(Span<double> gradient)
    {
        Array.Clear(_adjoints);
        _adjoints[^1] = 1;
        for (int i = _operations.Length - 1; i >= 0; i--)
        {
            double adjoint = _adjoints[i];
            // What the value does not depend on may be undefined there, and 0·NaN would spoil the rest.
            if (adjoint == 0) continue;
            ref readonly Operation o = ref _operations[i];
            if (o.Kind == OperationKind.Input)
            {
                gradient[o.A] += adjoint;
                continue;
            }

            if (o.A >= 0 && o.PerA != 0) _adjoints[o.A] += adjoint * o.PerA;
            if (o.B >= 0 && o.PerB != 0) _adjoints[o.B] += adjoint * o.PerB;
            if (o.C >= 0 && o.PerC != 0) _adjoints[o.C] += adjoint * o.PerC;
        }
    }
}
