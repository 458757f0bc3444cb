namespace CircuitSim.Circuit.Characterization;

/// <summary>Where a user's inverter stands: a subcircuit of a deck, or the deck's own top level.</summary>
public sealed record InverterSource
{
    /// <summary>The deck; its first line is the title. Analyses and control blocks are not used.</summary>
    public required string DeckPath { get; init; }

    /// <summary>Name of the inverter in results.</summary>
    public required string Name { get; init; }

    /// <summary>Subcircuit with exactly four ports, or null when the deck's top level is the inverter.</summary>
    /// <remarks>From the top level, independent sources at the four nodes are left out and everything else is the inverter.</remarks>
    public string? Subcircuit { get; init; }

    /// <summary>Port or node of the gates.</summary>
    public required string Input { get; init; }

    /// <summary>Port or node of the output.</summary>
    public required string Output { get; init; }

    /// <summary>Port or node of the positive rail.</summary>
    public string PositiveRail { get; init; } = "vp";

    /// <summary>Port or node of the negative rail; at the top level also ground, <c>0</c>.</summary>
    public string NegativeRail { get; init; } = "vn";

    /// <summary>Voltage between the rails, volts, positive; table and curves count voltages from the middle.</summary>
    public double SupplyVolts { get; init; } = 0.5;

    /// <summary>Largest number of points along each axis of the table; grids of 65, 129, 257 and 513 points are tried.</summary>
    public int MostPoints { get; init; } = 513;
}
