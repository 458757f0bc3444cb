namespace CircuitSim.Mapping.Devices;

/// <summary>A part of a device card, of which a circuit may make use or not.</summary>
public enum DevicePart
{
    /// <summary>What one programming operation leaves against its target.</summary>
    ProgrammingError,

    /// <summary>How the conductance moves after programming.</summary>
    Drift,

    /// <summary>Noise of one read.</summary>
    ReadNoise,

    /// <summary>Current against voltage.</summary>
    Conduction,

    /// <summary>Shares of devices that cannot be programmed.</summary>
    Faults,

    /// <summary>The table of levels.</summary>
    Levels,
}
