using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists;

/// <summary>A source whose voltage or current is an expression of other voltages and currents.</summary>
/// <param name="Name">Name, beginning with b; or with e (a voltage) or g (a current), which may hold an expression in place of a gain.</param>
/// <param name="Plus">Positive node; a current flows from it through the source to the minus node.</param>
/// <param name="Minus">Negative node.</param>
/// <param name="IsVoltage">True for <c>V=</c>, false for <c>I=</c>.</param>
/// <param name="Value">The expression, in volts or amperes.</param>
public sealed record BehaviouralSource(string Name, string Plus, string Minus, bool IsVoltage, Expression Value) : Element(Name, [Plus, Minus])
{
    internal override bool HasBranch => IsVoltage;

    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new BehaviouralSource(name, node(Plus), node(Minus), IsVoltage, Value.Rename(node, source));
}
