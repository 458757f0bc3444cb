using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines;

/// <summary>Something that solves a netlist: the native engine or an external simulator.</summary>
public interface ICircuitEngine
{
    /// <summary>Name by which the command line, reports and messages call it, for example "native".</summary>
    string Name { get; }

    /// <summary>Version as the engine tells it; null when it is this program's own.</summary>
    string? Version => null;

    /// <summary>Runs the analyses of a netlist in order; the operating point when it asks for none.</summary>
    /// <param name="netlist">The circuit and its analyses.</param>
    /// <param name="options">Tolerances and limits.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One result for each analysis.</returns>
    /// <exception cref="Errors.CircuitSimException">The circuit has no unique solution, an iteration does not converge, or the engine fails.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    EngineResult Solve(Netlist netlist, EngineOptions options, CancellationToken cancellationToken = default);
}
