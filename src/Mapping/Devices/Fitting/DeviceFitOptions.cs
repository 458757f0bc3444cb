namespace CircuitSim.Mapping.Devices.Fitting;

/// <summary>How a card is made from measurements.</summary>
public sealed record DeviceFitOptions
{
    /// <summary>Name of the card.</summary>
    public required string Name { get; init; }

    /// <summary>Where the measurements come from, shown wherever the card is.</summary>
    public required string Source { get; init; }

    /// <summary>Fewest reads that make a distribution, for every level and time; at least 5.</summary>
    public int FewestSamples { get; init; } = 20;

    /// <summary>Whether the devices were programmed with a verify loop before they were read.</summary>
    public bool IsAfterVerify { get; init; }

    /// <summary>Energy of one programming pulse, joules, or null when not known.</summary>
    public double? PulseEnergyJoules { get; init; }
}
