using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A source whose current or voltage is an expression.</summary>
internal sealed class BehaviouralDevice : NativeDevice
{
    private readonly CompiledExpression _expression;
    private readonly (int Plus, int Minus)[] _inputs;
    private readonly double[] _inputValues, _gradient;
    private readonly int _plus, _minus, _branch;
    private readonly (double Sign, int PlusEntry, int MinusEntry)[] _derivatives;

    /// <summary>Creates a current source, or a voltage source when it has a branch.</summary>
    public BehaviouralDevice(
        NativeCircuitBuilder builder, CompiledExpression expression, (int Plus, int Minus)[] inputs, int plus, int minus, int branch)
    {
        _expression = expression;
        _inputs = inputs;
        _inputValues = new double[inputs.Length];
        _gradient = new double[inputs.Length];
        (_plus, _minus) = (plus, minus);
        _branch = branch;
        if (branch >= 0) builder.AddBranch(plus, minus, branch);
        Rows = branch >= 0 ? [branch] : [plus, minus];
        (int Row, double Sign)[] rows = branch >= 0 ? [(branch, -1.0)] : [(plus, 1.0), (minus, -1.0)];
        _derivatives = [.. rows.SelectMany(r => inputs.Select(i => (r.Sign, builder.Entry(r.Row, i.Plus), builder.Entry(r.Row, i.Minus))))];
    }

    /// <inheritdoc/>
    public override bool IsLinear => _inputs.Length == 0;

    /// <inheritdoc/>
    public override bool MayBeSteep => true;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Rows { get; }

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        for (int i = 0; i < _inputs.Length; i++) _inputValues[i] = state.Of(_inputs[i].Plus) - state.Of(_inputs[i].Minus);
        _expression.TimeSeconds = state.Seconds;
        double value = _expression.Evaluate(_inputValues, _gradient);
        if (_branch >= 0)
        {
            state.AddResidual(_branch, -value);
        }
        else
        {
            state.AddResidual(_plus, value);
            state.AddResidual(_minus, -value);
        }

        for (int d = 0; d < _derivatives.Length; d++)
        {
            (double sign, int plusEntry, int minusEntry) = _derivatives[d];
            double derivative = sign * _gradient[d % _inputs.Length];
            state.AddJacobian(plusEntry, derivative);
            state.AddJacobian(minusEntry, -derivative);
        }
    }
}
