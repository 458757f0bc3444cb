using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Netlists;

/// <summary>A MOS transistor of level 1.</summary>
/// <param name="Name">Name, beginning with m.</param>
/// <param name="Drain">Drain node.</param>
/// <param name="Gate">Gate node.</param>
/// <param name="Source">Source node.</param>
/// <param name="Bulk">Bulk node.</param>
/// <param name="Model">Model parameters.</param>
/// <param name="Geometry">Width, length and junction sizes.</param>
public sealed record Mosfet(string Name, string Drain, string Gate, string Source, string Bulk, MosfetModel Model, MosfetGeometry Geometry)
    : Element(Name, [Drain, Gate, Source, Bulk])
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new Mosfet(name, node(Drain), node(Gate), node(Source), node(Bulk), Model, Geometry);
}
