namespace CircuitSim.Circuit.Netlists;

/// <summary>A linear inductor.</summary>
/// <param name="Name">Name, beginning with l.</param>
/// <param name="Plus">First node.</param>
/// <param name="Minus">Second node.</param>
/// <param name="Henries">Inductance, henries.</param>
/// <param name="InitialAmps">Current at time 0 of a transient with uic, amperes, or null.</param>
public sealed record Inductor(string Name, string Plus, string Minus, double Henries, double? InitialAmps = null)
    : Element(Name, [Plus, Minus])
{
    internal override bool HasBranch => true;

    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new Inductor(name, node(Plus), node(Minus), Henries, InitialAmps);
}
