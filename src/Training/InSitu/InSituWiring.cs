namespace CircuitSim.Training.InSitu;

/// <summary>What surrounds the trained arrays in the circuit.</summary>
public sealed record InSituWiring
{
    /// <summary>Voltage that an input of 1 is applied with, volts, positive.</summary>
    public double ReadVolts { get; init; } = 0.1;

    /// <summary>Wire between neighbouring cross-points, of word lines and bit lines, ohms, at least 0.</summary>
    public double SegmentOhms { get; init; }

    /// <summary>Resistance between each source and its word line, ohms, at least 0.</summary>
    public double SourceOhms { get; init; }

    /// <summary>Resistance between each bit line's end and ground, ohms, at least 0; 0 is a virtual ground.</summary>
    public double TerminalOhms { get; init; }
}
