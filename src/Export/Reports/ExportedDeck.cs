namespace CircuitSim.Export.Reports;

/// <summary>One netlist of the run folder.</summary>
public sealed record ExportedDeck
{
    /// <summary>File, relative to the run folder.</summary>
    public required string File { get; init; }

    /// <summary>What the deck holds.</summary>
    public required string Description { get; init; }

    /// <summary>Dialect, for example <c>ngspice</c>.</summary>
    public required string Dialect { get; init; }

    /// <summary>Command line that runs the deck from the run folder.</summary>
    public required string Command { get; init; }

    /// <summary>Number of elements, subcircuits expanded, or null when it was not counted.</summary>
    public required int? ElementCount { get; init; }

    /// <summary>Size of the file, bytes, or null when it is not known.</summary>
    public required long? SizeBytes { get; init; }
}
