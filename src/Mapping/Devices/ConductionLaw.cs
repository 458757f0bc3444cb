using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Devices;

namespace CircuitSim.Mapping.Devices;

/// <summary>Current against voltage of a device technology: for every programmed conductance, the law of a device in that state.</summary>
/// <remarks>
/// As a <see cref="DeviceLaw"/> it goes into <see cref="NonlinearCrossbarSolver"/> as it is, with programmed conductances in the crossbar;
/// <see cref="At"/> gives the law of one device for netlists.
/// </remarks>
public abstract record ConductionLaw : DeviceLaw
{
    /// <summary>Paper, figure or code that gives the law.</summary>
    public required string Source { get; init; }

    /// <summary>Largest voltage across the device, of either sign, for which the law holds, volts; infinite when not stated.</summary>
    public double MaximumVolts { get; init; } = double.PositiveInfinity;

    /// <summary>The law of a device in one state.</summary>
    /// <param name="siemens">Programmed conductance, siemens, positive: the slope at 0 V unless the law's own documentation says otherwise.</param>
    /// <returns>Current against voltage.</returns>
    public abstract MemristorLaw At(double siemens);

    /// <inheritdoc/>
    public override DeviceCurrent Evaluate(double siemens, double volts)
    {
        if (siemens == 0) return new DeviceCurrent(0, 0);
        double amps = At(siemens).Amps(volts, out double perVolt);
        return new DeviceCurrent(amps, perVolt);
    }
}
