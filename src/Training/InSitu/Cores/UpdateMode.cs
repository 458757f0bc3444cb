namespace CircuitSim.Training.InSitu.Cores;

/// <summary>What a device makes of a requested change.</summary>
public enum UpdateMode
{
    /// <summary>Exactly what was requested, within a window of 1 to 10.</summary>
    Numeric,

    /// <summary>A draw from one update table for all devices.</summary>
    Standard,

    /// <summary>A draw from the table of the device, which each device draws once a run from a population.</summary>
    Multi,
}
