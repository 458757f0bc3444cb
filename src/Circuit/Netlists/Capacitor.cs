namespace CircuitSim.Circuit.Netlists;

/// <summary>A linear capacitor.</summary>
/// <param name="Name">Name, beginning with c.</param>
/// <param name="Plus">First node.</param>
/// <param name="Minus">Second node.</param>
/// <param name="Farads">Capacitance, farads.</param>
/// <param name="InitialVolts">Voltage at time 0 of a transient with uic, volts, or null.</param>
public sealed record Capacitor(string Name, string Plus, string Minus, double Farads, double? InitialVolts = null)
    : Element(Name, [Plus, Minus])
{
    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new Capacitor(name, node(Plus), node(Minus), Farads, InitialVolts);
}
