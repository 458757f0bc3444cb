namespace CircuitSim.Export.Reports;

/// <summary>How much of the wire resistance a deck holds.</summary>
public enum DeckWires
{
    /// <summary>No wire resistance: every line is one node.</summary>
    Ideal,

    /// <summary>Every segment of the design.</summary>
    AsDesigned,

    /// <summary>Every segment of a part of the design.</summary>
    Excerpt,
}
