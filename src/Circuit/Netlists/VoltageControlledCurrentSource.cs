namespace CircuitSim.Circuit.Netlists;

/// <summary>A current, from plus through the source to minus, proportional to a voltage.</summary>
/// <param name="Name">Name, beginning with g.</param>
/// <param name="Plus">Positive output node.</param>
/// <param name="Minus">Negative output node.</param>
/// <param name="ControlPlus">Positive controlling node.</param>
/// <param name="ControlMinus">Negative controlling node.</param>
/// <param name="Gain">Siemens.</param>
public sealed record VoltageControlledCurrentSource(string Name, string Plus, string Minus, string ControlPlus, string ControlMinus, double Gain)
    : Element(Name, [Plus, Minus, ControlPlus, ControlMinus])
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new VoltageControlledCurrentSource(name, node(Plus), node(Minus), node(ControlPlus), node(ControlMinus), Gain);
}
