namespace CircuitSim.Export.Speed;

/// <summary>Capacitances of a circuit, and where their values come from.</summary>
public sealed record SpeedCapacitances
{
    /// <summary>Of a word-line segment to ground, farads.</summary>
    public required double WordLineSegmentFarads { get; init; }

    /// <summary>Of a bit-line segment to ground, farads.</summary>
    public required double BitLineSegmentFarads { get; init; }

    /// <summary>Of each inverter's input to ground, farads.</summary>
    public required double GateFarads { get; init; }

    /// <summary>All of them in the circuit, farads.</summary>
    public required double TotalFarads { get; init; }

    /// <summary>Where the values come from, one sentence each.</summary>
    public required IReadOnlyList<string> Sources { get; init; }
}
