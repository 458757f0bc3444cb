namespace CircuitSim.Export.Speed;

/// <summary>How delay and energy are measured, as an experiment says it.</summary>
public sealed record SpeedSettings
{
    private const double DefaultLimitPercent = 1;

    /// <summary>Held-out samples that follow each other: the first ones, at least 2.</summary>
    public int Samples { get; init; } = 10;

    /// <summary>Capacitance of a wire segment to ground, farads; null takes it from the length of the segment.</summary>
    public double? SegmentFarads { get; init; }

    /// <summary>Capacitance of an inverter's input to ground, farads; null takes that of the shipped inverters' transistors.</summary>
    public double? GateFarads { get; init; }

    /// <summary>Time for which a sample is held when delays are measured, seconds.</summary>
    public double HoldSeconds { get; init; } = 200e-9;

    /// <summary>Time in which inputs go from one sample to the next, seconds.</summary>
    public double EdgeSeconds { get; init; } = 10e-12;

    /// <summary>Largest difference of delay and energy from another simulator, percent; null judges by one percent where a simulator is at hand.</summary>
    public double? LimitPercent { get; init; }

    internal double JudgedPercent => LimitPercent ?? DefaultLimitPercent;
}
