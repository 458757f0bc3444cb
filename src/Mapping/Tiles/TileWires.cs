namespace CircuitSim.Mapping.Tiles;

/// <summary>Wires of an array that is read by current.</summary>
public sealed record TileWires
{
    /// <summary>Wire between neighbouring cross-points, of word lines and bit lines, ohms, at least 0.</summary>
    public double SegmentOhms { get; init; }

    /// <summary>Resistance between each source and its word line, ohms, at least 0.</summary>
    public double SourceOhms { get; init; }

    /// <summary>Resistance between each bit line's end and ground, ohms, at least 0; 0 is a virtual ground.</summary>
    public double TerminalOhms { get; init; }
}
