namespace CircuitSim.Circuit.Netlists;

/// <summary>A place on the axis: where a vector passes a level or another vector, or a given place.</summary>
public sealed record MeasureEvent
{
    /// <summary>The place itself (at), seconds, hertz, volts or amperes; null to look for a crossing.</summary>
    public double? At { get; init; }

    /// <summary>What crosses; null when the place is given.</summary>
    public MeasureVector? Vector { get; init; }

    /// <summary>Level that is crossed, unless <see cref="Other"/> is.</summary>
    public double Level { get; init; }

    /// <summary>Vector that is crossed, or null for a level.</summary>
    public MeasureVector? Other { get; init; }

    /// <summary>Direction that counts.</summary>
    public MeasureEdge Edge { get; init; }

    /// <summary>Which crossing, from 1; 0 for the last one.</summary>
    public int Occurrence { get; init; } = 1;

    /// <summary>Place from which crossings count (td), in units of the axis.</summary>
    public double? Delay { get; init; }
}
