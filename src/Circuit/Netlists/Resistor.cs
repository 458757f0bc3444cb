namespace CircuitSim.Circuit.Netlists;

/// <summary>A linear resistor.</summary>
/// <param name="Name">Name, beginning with r.</param>
/// <param name="Plus">First node.</param>
/// <param name="Minus">Second node.</param>
/// <param name="Ohms">Resistance, ohms, not zero.</param>
public sealed record Resistor(string Name, string Plus, string Minus, double Ohms) : Element(Name, [Plus, Minus])
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new Resistor(name, node(Plus), node(Minus), Ohms);
}
