namespace CircuitSim.Circuit.Crossbars;

/// <summary>Where the wire segments of a crossbar lie.</summary>
public enum WireConvention
{
    /// <summary>A segment before the first device of each word line and one after the last device of each bit line: n and m segments.</summary>
    C1,

    /// <summary>Segments only between devices: n − 1 and m − 1; source and end attach to the line's first and last cross-point.</summary>
    C2,
}
