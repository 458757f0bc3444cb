using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Netlists;

/// <summary>A memristor in a fixed state: a static two-terminal law. In decks it is a behavioural current source.</summary>
/// <param name="Name">Name, beginning with b, the letter it has in decks.</param>
/// <param name="Plus">First node.</param>
/// <param name="Minus">Second node.</param>
/// <param name="Law">Current as a function of voltage.</param>
public sealed record Memristor(string Name, string Plus, string Minus, MemristorLaw Law)
    : Element(Name, [Plus, Minus])
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new Memristor(name, node(Plus), node(Minus), Law);
}
