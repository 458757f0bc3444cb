namespace CircuitSim.Circuit.Netlists;

/// <summary>Direction in which a vector passes a level.</summary>
public enum MeasureEdge
{
    /// <summary>Either direction.</summary>
    Cross,

    /// <summary>Upwards.</summary>
    Rise,

    /// <summary>Downwards.</summary>
    Fall,
}
