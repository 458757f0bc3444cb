namespace CircuitSim.Circuit.Engines;

/// <summary>A simulator that runs a deck from its own text, as stored on disk.</summary>
public interface IDeckEngine
{
    /// <summary>Name by which the command line, reports and messages call it, for example "ngspice".</summary>
    string Name { get; }

    /// <summary>Version as the simulator tells it, for example "ngspice-39".</summary>
    /// <exception cref="Errors.EngineException">It cannot be started or tells nothing.</exception>
    string Version { get; }

    /// <summary>How it solves linear systems, from which the time of a large deck is estimated.</summary>
    DeckSolver Solver => DeckSolver.Sparse;

    /// <summary>Runs a deck.</summary>
    /// <param name="path">The deck.</param>
    /// <param name="options">Tolerances and time limit; tight tolerances overrule the deck's own, others leave it as it is.</param>
    /// <param name="cancellationToken">Ends the simulator.</param>
    /// <returns>One result for each analysis, in the deck's order.</returns>
    /// <exception cref="Errors.InputFileException">The deck is missing, or holds what could run a command or reach another file.</exception>
    /// <exception cref="Errors.EngineException">The simulator failed, timed out or returned nothing.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    EngineResult SolveDeckFile(string path, EngineOptions options, CancellationToken cancellationToken = default);
}
