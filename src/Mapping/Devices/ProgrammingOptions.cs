namespace CircuitSim.Mapping.Devices;

/// <summary>How an array is programmed and when it is read.</summary>
public sealed record ProgrammingOptions
{
    /// <summary>How devices are brought to their targets.</summary>
    public ProgrammingMode Mode { get; init; } = ProgrammingMode.Ideal;

    /// <summary>Levels that targets are rounded to, or null: then the card's own, when <see cref="Rounding"/> asks for levels.</summary>
    public LevelPlan? Levels { get; init; }

    /// <summary>How targets become levels.</summary>
    public LevelRounding Rounding { get; init; } = LevelRounding.None;

    /// <summary>Verify: accept within this distance of the target, siemens, positive; null for another window.</summary>
    public double? AcceptanceSiemens { get; init; }

    /// <summary>Verify: accept within this share of the target, positive; null for another window.</summary>
    public double? AcceptanceRelative { get; init; }

    /// <summary>Verify: pulses after which a device is given up, from 1 to 65536; it keeps what the last pulse left.</summary>
    public int MaximumPulses { get; init; } = 100;

    /// <summary>Time between programming and read-out, seconds; null to read at the time for which the card gives its programming error.</summary>
    public double? ReadSeconds { get; init; }

    /// <summary>Whether the conductances that come out hold the noise of one read.</summary>
    public bool IncludeReadNoise { get; init; }

    /// <summary>Shares of devices that do not answer to programming, or null for none.</summary>
    public FaultRates? Faults { get; init; }
}
