namespace CircuitSim.Export.CrossCheck;

/// <summary>Which circuit an engine was given.</summary>
public enum ComparisonScope
{
    /// <summary>The whole network as it is built, every wire segment.</summary>
    WholeNetwork,

    /// <summary>The whole network with ideal wires in place of its own.</summary>
    IdealWires,

    /// <summary>Excerpts: corners of single layers, with every wire segment, driven at the voltages that the whole network has there.</summary>
    Excerpt,
}
