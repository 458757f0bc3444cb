using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>Options that whoever runs a deck adds to it.</summary>
internal static class RefereeOptions
{
    // Below this the built-in solver of ngspice takes less than a second, whatever the circuit.
    private const int LeastStatementsForKlu = 2000;

    /// <summary>Options that hold where the deck says nothing else.</summary>
    internal static Dictionary<string, string> Before(EngineOptions options) =>
        options.IsTight || Same(options, EngineOptions.Default) ? [] : Direct(options);

    /// <summary>Options that hold whatever the deck says.</summary>
    /// <param name="deck">The deck.</param>
    /// <param name="analysis">The analysis that runs.</param>
    /// <param name="options">Tolerances; only tight ones overrule a deck.</param>
    /// <param name="hasKlu">Whether the program has the solver KLU.</param>
    internal static Dictionary<string, string> After(RefereeDeck deck, RefereeStatement analysis, EngineOptions options, bool hasKlu)
    {
        Dictionary<string, string> after = !options.IsTight ? []
            : analysis.FirstWord == ".tran" ? Transient(options)
            : Direct(deck.HasJunctions ? Attainable(options) : options);
        if (hasKlu && deck.StatementCount >= LeastStatementsForKlu) after["klu"] = "";
        return after;
    }

    private static Dictionary<string, string> Direct(EngineOptions options) => new()
    {
        ["reltol"] = SpiceNumber.Format(options.RelativeTolerance),
        ["vntol"] = SpiceNumber.Format(options.VoltageToleranceVolts),
        ["abstol"] = SpiceNumber.Format(options.CurrentToleranceAmps),
        ["gmin"] = SpiceNumber.Format(options.MinimumConductanceSiemens),
        ["itl1"] = SpiceNumber.Format(options.MaximumIterations),
    };

    /// <summary>A transient controls its steps by reltol; at 1e-12 it would take millions of them.</summary>
    private static Dictionary<string, string> Transient(EngineOptions options) => new()
    {
        ["reltol"] = SpiceNumber.Format(options.TransientRelativeTolerance),
        ["vntol"] = "1e-9",
        ["abstol"] = "1e-15",
        ["chgtol"] = "1e-20",
        ["trtol"] = "1",
        ["gmin"] = SpiceNumber.Format(options.MinimumConductanceSiemens),
        ["itl1"] = SpiceNumber.Format(options.MaximumIterations),
    };

    /// <summary>
    /// ngspice checks the currents of diodes and MOSFETs one by one; below these tolerances their rounding never passes, and it would
    /// iterate without end.
    /// </summary>
    private static EngineOptions Attainable(EngineOptions options) => options with
    {
        RelativeTolerance = Math.Max(options.RelativeTolerance, 1e-10),
        VoltageToleranceVolts = Math.Max(options.VoltageToleranceVolts, 1e-12),
        CurrentToleranceAmps = Math.Max(options.CurrentToleranceAmps, 1e-15),
    };

    private static bool Same(EngineOptions a, EngineOptions b) => a with { Timeout = b.Timeout } == b;
}
