namespace CircuitSim.Circuit.Crossbars;

/// <summary>Static current-voltage law of a memristor whose state is its conductance at zero volts.</summary>
public abstract record DeviceLaw
{
    /// <summary>Voltage over which the differential conductance changes by about a factor of e, volts; infinite for gentle laws. Newton steps stay below it.</summary>
    public abstract double ScaleVolts { get; }

    /// <summary>Current and differential conductance.</summary>
    /// <param name="siemens">Conductance at zero volts, siemens, at least 0; an absent device carries nothing.</param>
    /// <param name="volts">Word-line voltage minus bit-line voltage, volts.</param>
    /// <returns>Current and its derivative.</returns>
    public abstract DeviceCurrent Evaluate(double siemens, double volts);
}
