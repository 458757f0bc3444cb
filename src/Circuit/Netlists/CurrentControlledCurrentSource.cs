namespace CircuitSim.Circuit.Netlists;

/// <summary>A current, from plus through the source to minus, proportional to the current through a voltage source.</summary>
/// <param name="Name">Name, beginning with f.</param>
/// <param name="Plus">Positive output node.</param>
/// <param name="Minus">Negative output node.</param>
/// <param name="Control">Voltage source whose current controls.</param>
/// <param name="Gain">Amperes per ampere.</param>
public sealed record CurrentControlledCurrentSource(string Name, string Plus, string Minus, string Control, double Gain)
    : Element(Name, [Plus, Minus])
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new CurrentControlledCurrentSource(name, node(Plus), node(Minus), source(Control), Gain);
}
