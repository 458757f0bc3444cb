using global::SpiceSharp.Behaviors;
using global::SpiceSharp.Components;
using global::SpiceSharp.Simulations;

namespace CircuitSim.Circuit.Engines.SpiceSharp;

/// <summary>A SpiceSharp component: a current from its first node through it to its second, as a function of its other nodes.</summary>
internal sealed class FunctionCurrent : Component
{
    private readonly Func<NodeFunction> _createFunction;

    internal FunctionCurrent(string name, string plus, string minus, IReadOnlyList<string> controls, Func<NodeFunction> createFunction)
        : base(name, controls.Count + 2)
    {
        _createFunction = createFunction;
        Connect([plus, minus, .. controls]);
    }

    /// <inheritdoc/>
    public override void CreateBehaviors(ISimulation simulation)
    {
        var behaviors = new BehaviorContainer(Name);
        var context = new ComponentBindingContext(this, simulation, behaviors);
        behaviors.Build(simulation, context)
            .AddIfNo<IFrequencyBehavior>(c => new FunctionCurrentSmallSignal(c, _createFunction()))
            .AddIfNo<IBiasingBehavior>(c => new FunctionCurrentBiasing(c, _createFunction()));
        simulation.EntityBehaviors.Add(behaviors);
    }
}
