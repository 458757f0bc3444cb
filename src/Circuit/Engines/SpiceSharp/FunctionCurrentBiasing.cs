using global::SpiceSharp.Algebra;
using global::SpiceSharp.Behaviors;
using global::SpiceSharp.Components;
using global::SpiceSharp.Simulations;

namespace CircuitSim.Circuit.Engines.SpiceSharp;

/// <summary>Loads a <see cref="FunctionCurrent"/> for Newton's method: its derivatives, and the current that they leave at zero volts.</summary>
internal class FunctionCurrentBiasing : Behavior, IBiasingBehavior
{
    private readonly NodeFunction _function;
    private readonly IIntegrationMethod? _method;
    private readonly IVariable<double>[] _nodes;
    private readonly ElementSet<double> _elements;
    private readonly double[] _volts, _contributions;

    internal FunctionCurrentBiasing(IComponentBindingContext context, NodeFunction function)
        : base(context)
    {
        _function = function;
        IBiasingSimulationState state = context.GetState<IBiasingSimulationState>();
        context.TryGetState(out _method);
        _nodes = [.. context.Nodes.Select(state.GetSharedVariable)];
        int plus = state.Map[_nodes[0]], minus = state.Map[_nodes[1]];
        int[] controls = [.. _nodes.Skip(2).Select(n => state.Map[n])];
        _elements = new ElementSet<double>(state.Solver,
            [.. controls.Select(c => new MatrixLocation(plus, c)), .. controls.Select(c => new MatrixLocation(minus, c))], [plus, minus]);
        _volts = new double[controls.Length];
        Gradient = new double[controls.Length];
        _contributions = new double[2 * controls.Length + 2];
    }

    /// <summary>Derivatives to the controlling nodes at the latest voltages, siemens.</summary>
    protected double[] Gradient { get; }

    void IBiasingBehavior.Load()
    {
        int count = _volts.Length;
        for (int k = 0; k < count; k++) _volts[k] = _nodes[k + 2].Value;
        double rest = _function(_volts, Gradient, _method?.Time ?? 0);
        for (int k = 0; k < count; k++)
        {
            (_contributions[k], _contributions[count + k]) = (Gradient[k], -Gradient[k]);
            rest -= Gradient[k] * _volts[k];
        }

        (_contributions[^2], _contributions[^1]) = (-rest, rest);
        _elements.Add(_contributions);
    }
}
