using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Netlists;

/// <summary>What reading a deck gives: the netlist, and what of the file it does not hold.</summary>
public sealed record SpiceDeck
{
    /// <summary>The file, as the user named it.</summary>
    public required string Path { get; init; }

    /// <summary>Elements, subcircuits, analyses and options.</summary>
    public required Netlist Netlist { get; init; }

    /// <summary>Remarks on what was read otherwise than some would expect, or not used, sorted by place.</summary>
    public IReadOnlyList<DeckDiagnostic> Warnings { get; init; } = [];

    /// <summary>Those of <see cref="Warnings"/> that name a part of the deck which results will not show.</summary>
    public IReadOnlyList<DeckDiagnostic> LeftOut { get; init; } = [];

    /// <summary>Lines between .control and .endc; they are kept, not run.</summary>
    public IReadOnlyList<string> ControlLines { get; init; } = [];
}
