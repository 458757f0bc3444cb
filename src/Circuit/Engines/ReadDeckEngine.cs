using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines;

/// <summary>An engine of this process that is given nothing but a deck's text: our reader reads it, the engine solves it.</summary>
/// <param name="engine">The engine.</param>
/// <param name="version">Its version.</param>
/// <remarks>As thread-safe as the engine.</remarks>
public sealed class ReadDeckEngine(ICircuitEngine engine, string version) : IDeckEngine
{
    /// <inheritdoc/>
    public string Name => engine.Name;

    /// <inheritdoc/>
    public string Version => version;

    /// <inheritdoc/>
    public DeckSolver Solver => engine.Name == NativeEngine.EngineName ? DeckSolver.Native : DeckSolver.Sparse;

    /// <inheritdoc/>
    public EngineResult SolveDeckFile(string path, EngineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        SpiceDeck deck = SpiceParser.ParseFile(path, cancellationToken: cancellationToken);
        try
        {
            return engine.Solve(deck.Netlist, options, cancellationToken);
        }
        catch (CircuitSimException e) when (e is not EngineException)
        {
            throw new EngineException(Name, e.Message, e);
        }
    }
}
