using CircuitSim.Circuit.Netlists.Dialects;

namespace CircuitSim.Export.Runs;

/// <summary>Which netlists are written.</summary>
public sealed record ExportSettings
{
    /// <summary>Netlist dialects: <c>ngspice</c>, <c>xyce</c>, <c>ltspice</c>, <c>hspice</c>, <c>spectre</c>.</summary>
    public IReadOnlyList<string> Dialects { get; init; } = ["ngspice"];

    internal IReadOnlyList<SpiceDialect> SpiceDialects => [.. Dialects.Select(d => SpiceDialect.Find(d)!)];

    /// <summary>Held-out samples, by their index from 0, for which decks are written; null means every checked sample.</summary>
    public IReadOnlyList<int>? Samples { get; init; } = [0];
}
