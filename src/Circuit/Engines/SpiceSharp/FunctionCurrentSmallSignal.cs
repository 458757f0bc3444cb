using System.Numerics;
using global::SpiceSharp.Algebra;
using global::SpiceSharp.Behaviors;
using global::SpiceSharp.Components;
using global::SpiceSharp.Simulations;

namespace CircuitSim.Circuit.Engines.SpiceSharp;

/// <summary>Small-signal part of a <see cref="FunctionCurrent"/>: its derivatives at the operating point.</summary>
internal sealed class FunctionCurrentSmallSignal : FunctionCurrentBiasing, IFrequencyBehavior
{
    private readonly ElementSet<Complex> _elements;

    internal FunctionCurrentSmallSignal(IComponentBindingContext context, NodeFunction function)
        : base(context, function)
    {
        IComplexSimulationState state = context.GetState<IComplexSimulationState>();
        int[] nodes = [.. context.Nodes.Select(n => state.Map[state.GetSharedVariable(n)])];
        _elements = new ElementSet<Complex>(state.Solver,
            [.. nodes.Skip(2).Select(c => new MatrixLocation(nodes[0], c)), .. nodes.Skip(2).Select(c => new MatrixLocation(nodes[1], c))]);
    }

    void IFrequencyBehavior.InitializeParameters()
    {
        // The last load of the operating point left the derivatives in place.
    }

    void IFrequencyBehavior.Load() => _elements.Add([.. Gradient.Select(g => (Complex)g), .. Gradient.Select(g => (Complex)(-g))]);
}
