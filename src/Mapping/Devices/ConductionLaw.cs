using CircuitSim.Circuit.Devices;

namespace CircuitSim.Mapping.Devices;

/// <summary>Current against voltage of a device technology: for every programmed conductance, the law of a device in that state.</summary>
public abstract record ConductionLaw
{
    /// <summary>Paper, figure or code that gives the law.</summary>
    public required string Source { get; init; }

    /// <summary>Largest voltage across the device, of either sign, for which the law holds, volts; infinite when not stated.</summary>
    public double MaximumVolts { get; init; } = double.PositiveInfinity;

    /// <summary>The law of a device in one state.</summary>
    /// <param name="siemens">Programmed conductance, siemens: the slope at 0 V unless the law's own documentation says otherwise.</param>
    /// <returns>Current against voltage.</returns>
    public abstract MemristorLaw At(double siemens);
}
