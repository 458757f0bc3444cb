namespace CircuitSim.Circuit.Netlists;

/// <summary>An independent voltage source.</summary>
/// <param name="Name">Name, beginning with v.</param>
/// <param name="Plus">Positive node.</param>
/// <param name="Minus">Negative node.</param>
/// <param name="Volts">DC value, volts.</param>
public sealed record VoltageSource(string Name, string Plus, string Minus, double Volts) : Element(Name, [Plus, Minus])
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new VoltageSource(name, node(Plus), node(Minus), Volts);
}
