namespace CircuitSim.Circuit.Networks;

/// <summary>Capacitances to ground of a network's wires and gates, for transients.</summary>
/// <remarks>
/// A segment is a π: half of its capacitance is at each of its ends. Where segments have no resistance their capacitances add up at the
/// node that they are merged into. What is on a rail has no effect and is left out.
/// </remarks>
public sealed record NetworkCapacitances
{
    /// <summary>Capacitance of a word-line segment, farads, at least 0.</summary>
    public required double WordLineSegmentFarads { get; init; }

    /// <summary>Capacitance of a bit-line segment, farads, at least 0.</summary>
    public required double BitLineSegmentFarads { get; init; }

    /// <summary>Capacitance of an inverter's input, farads, at least 0.</summary>
    public required double GateFarads { get; init; }
}
