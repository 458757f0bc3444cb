namespace CircuitSim.Export.Speed;

/// <summary>The transition of a circuit to one sample.</summary>
public sealed record SpeedTransition
{
    /// <summary>Sample index from 0 within the held-out samples.</summary>
    public required int Sample { get; init; }

    /// <summary>Delay of its slowest output, seconds; 0 when no output leaves the band of 10 %.</summary>
    public required double DelaySeconds { get; init; }

    /// <summary>Its slowest output.</summary>
    public required string SlowestNodeName { get; init; }

    /// <summary>Final value of that output, volts.</summary>
    public required double FinalVolts { get; init; }
}
