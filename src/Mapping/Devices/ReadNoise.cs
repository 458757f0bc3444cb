namespace CircuitSim.Mapping.Devices;

/// <summary>Noise of one read of a device: normal, independent from device to device.</summary>
public abstract record ReadNoise
{
    /// <summary>Paper, figure or code that gives the law.</summary>
    public required string Source { get; init; }

    /// <summary>Standard deviation of the conductance that a read sees.</summary>
    /// <param name="programmedSiemens">Conductance just after programming, siemens.</param>
    /// <param name="presentSiemens">Conductance at the time of the read, siemens.</param>
    /// <param name="seconds">Time after programming, seconds, at least 0.</param>
    /// <returns>Siemens.</returns>
    public abstract double StandardDeviationSiemens(double programmedSiemens, double presentSiemens, double seconds);
}
