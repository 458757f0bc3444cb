namespace CircuitSim.Circuit.Netlists;

/// <summary>A voltage proportional to the current through a voltage source.</summary>
/// <param name="Name">Name, beginning with h.</param>
/// <param name="Plus">Positive output node.</param>
/// <param name="Minus">Negative output node.</param>
/// <param name="Control">Voltage source whose current controls.</param>
/// <param name="Gain">Ohms.</param>
public sealed record CurrentControlledVoltageSource(string Name, string Plus, string Minus, string Control, double Gain)
    : Element(Name, [Plus, Minus])
{
    internal override bool HasBranch => true;

    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new CurrentControlledVoltageSource(name, node(Plus), node(Minus), source(Control), Gain);
}
