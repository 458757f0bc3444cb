using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Netlists;

/// <summary>A p-n diode.</summary>
/// <param name="Name">Name, beginning with d.</param>
/// <param name="Anode">Anode node.</param>
/// <param name="Cathode">Cathode node.</param>
/// <param name="Model">Model parameters.</param>
/// <param name="Area">Number of diodes in parallel; scales currents, conductances and capacitances.</param>
public sealed record Diode(string Name, string Anode, string Cathode, DiodeModel Model, double Area = 1)
    : Element(Name, [Anode, Cathode])
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new Diode(name, node(Anode), node(Cathode), Model, Area);
}
