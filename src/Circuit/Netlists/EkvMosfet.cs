using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Netlists;

/// <summary>An EKV-DIBL transistor as a first-class element; in decks it is written as a behavioural current source.</summary>
/// <param name="Name">Name, beginning with b, the letter it has in decks.</param>
/// <param name="Drain">Drain node.</param>
/// <param name="Gate">Gate node.</param>
/// <param name="Source">Source node.</param>
/// <param name="Bulk">Bulk node.</param>
/// <param name="Model">Model parameters.</param>
public sealed record EkvMosfet(string Name, string Drain, string Gate, string Source, string Bulk, EkvParameters Model)
    : Element(Name, [Drain, Gate, Source, Bulk])
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new EkvMosfet(name, node(Drain), node(Gate), node(Source), node(Bulk), Model);
}
