using CircuitSim.Export.Reports;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>One array as a circuit, solved in several ways.</summary>
/// <param name="Name">Matrix and array.</param>
/// <param name="WordLineCount">Word lines.</param>
/// <param name="BitLineCount">Bit lines.</param>
/// <param name="IdealRelative">How far wires move a partial sum, over the largest.</param>
/// <param name="DirectRelative">Largest difference of a partial sum between reduced crossbar and direct solver, whole array, over the largest.</param>
/// <param name="Deck">Deck of its excerpt.</param>
/// <param name="Command">How to re-run the deck.</param>
/// <param name="SpiceRelative">Largest difference of a partial sum of the excerpt from ngspice, over the largest, or null when it was not run in another solver.</param>
/// <param name="SpiceVolts">Largest difference of any node, volts, or null.</param>
/// <param name="Status">What became of the deck.</param>
/// <param name="Reason">Why.</param>
public sealed record ArrayTileCheck(
    string Name, int WordLineCount, int BitLineCount, double IdealRelative, double DirectRelative, string Deck, string Command, double? SpiceRelative, double? SpiceVolts,
    SpiceCheckStatus Status, string Reason)
{
    /// <summary>Who solved the deck from its text: a simulator, or our own second solver; null when nobody did.</summary>
    public string? Engine { get; init; }
}
