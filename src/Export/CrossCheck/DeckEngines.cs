using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Export.Netlists;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Reads exported decks back and solves them with engines of this process, as a second and third opinion beside ngspice.</summary>
/// <param name="engines">The engines.</param>
/// <param name="table">Receives the comparisons.</param>
internal sealed class DeckEngines(IReadOnlyList<ICircuitEngine> engines, CrossCheckBuilder table)
{
    // Beyond this a general engine takes more than a second or so.
    private const int MostNodes = 2500;

    private const string DialectRead = "ngspice";

    internal void Add(
        string folder, DeckEntry deck, Func<IReadOnlyDictionary<string, double>> ours,
        IReadOnlyList<IReadOnlyDictionary<string, double>>? ourAmps, Func<OperatingPoint, IReadOnlyDictionary<string, double>>? theirAmps,
        CancellationToken cancellationToken)
    {
        if (deck.Dialect != DialectRead || engines.Count == 0) return;
        if (deck.NodeCount > MostNodes)
        {
            foreach (ICircuitEngine engine in engines) table.AddUnsolved(Label(engine), deck, $"{deck.NodeCount} nodes; at most {MostNodes} are given to this engine");
            return;
        }

        string path = Path.Combine(folder, deck.Dialect, deck.File);
        Netlist? netlist = null;
        foreach (ICircuitEngine engine in engines)
        {
            try
            {
                netlist ??= SpiceParser.Parse(File.ReadAllText(path), path).Netlist;
                OperatingPoint point = engine.Solve(netlist, EngineOptions.Tight, cancellationToken).Analyses.OfType<OperatingPoint>().Single();
                table.AddDeck(Label(engine), deck, ours(), point.NodeVolts, ourAmps, theirAmps?.Invoke(point));
            }
            catch (CircuitSimException e)
            {
                table.AddUnsolved(Label(engine), deck, e.Message);
            }
        }
    }

    // The engine that solves the circuit by layers is ours too; this one has nothing but the exported text.
    private static string Label(ICircuitEngine engine) => $"{engine.Name}, from the deck";
}
