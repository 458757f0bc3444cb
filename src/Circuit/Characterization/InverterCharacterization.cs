using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Characterization;

/// <summary>An inverter as a two-port table, with what it does under several loads.</summary>
public sealed record InverterCharacterization
{
    /// <summary>The inverter, for networks and files.</summary>
    public required TabulatedInverter Inverter { get; init; }

    /// <summary>Engine that solved the circuit.</summary>
    public required string Engine { get; init; }

    /// <summary>Loads, the open output first.</summary>
    public required IReadOnlyList<InverterLoadPoint> Loads { get; init; }

    /// <summary>Largest current into the input between the rails, amperes; networks take it as zero.</summary>
    public required double LargestInputAmps { get; init; }

    /// <summary>Remarks on what of the deck was read but not used.</summary>
    public required IReadOnlyList<DeckDiagnostic> Warnings { get; init; }
}
