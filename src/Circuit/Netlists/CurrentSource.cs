namespace CircuitSim.Circuit.Netlists;

/// <summary>An independent current source; positive current flows from the plus node through the source to the minus node.</summary>
/// <param name="Name">Name, beginning with i.</param>
/// <param name="Plus">Node that the current leaves.</param>
/// <param name="Minus">Node that the current enters.</param>
/// <param name="Amps">DC value, amperes.</param>
public sealed record CurrentSource(string Name, string Plus, string Minus, double Amps) : Element(Name, [Plus, Minus])
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new CurrentSource(name, node(Plus), node(Minus), Amps);
}
