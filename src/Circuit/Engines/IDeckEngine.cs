namespace CircuitSim.Circuit.Engines;

/// <summary>A simulator that runs a deck as it lies on disk, unchanged.</summary>
public interface IDeckEngine
{
    /// <summary>Name by which the command line, reports and messages call it, for example "ngspice".</summary>
    string Name { get; }

    /// <summary>Version as the simulator tells it, for example "ngspice-39".</summary>
    /// <exception cref="Errors.EngineException">It cannot be started or tells nothing.</exception>
    string Version { get; }

    /// <summary>Runs a deck.</summary>
    /// <param name="path">The deck.</param>
    /// <param name="options">Only the time limit is used; the deck's own options hold.</param>
    /// <param name="cancellationToken">Ends the simulator.</param>
    /// <returns>One result for each analysis, in the simulator's order.</returns>
    /// <exception cref="Errors.InputFileException">The deck is missing.</exception>
    /// <exception cref="Errors.EngineException">The simulator failed, timed out or returned nothing.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    EngineResult SolveDeckFile(string path, EngineOptions options, CancellationToken cancellationToken = default);
}
