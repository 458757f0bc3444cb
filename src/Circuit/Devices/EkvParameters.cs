namespace CircuitSim.Circuit.Devices;

/// <summary>Parameters of the EKV-DIBL transistor of <see cref="EkvTransistor"/>.</summary>
/// <remarks>
/// Charge-based interpolation of Enz, Krummenacher and Vittoz (Analog Integr. Circuits Signal Process. 8, 1995) with a
/// linear drain-induced barrier lowering term that is symmetric in drain and source.
/// </remarks>
public sealed record EkvParameters
{
    /// <summary>Thermal voltage of the shipped transistors, volts: 300 K.</summary>
    public const double NominalThermalVolts = 0.02585;

    /// <summary>Thermal voltage UT, volts, positive.</summary>
    public double ThermalVolts { get; init; } = NominalThermalVolts;

    /// <summary>Threshold voltage at zero bias as a positive number for both polarities, volts.</summary>
    public required double ThresholdVolts { get; init; }

    /// <summary>Subthreshold slope factor, dimensionless, at least 1.</summary>
    public required double SlopeFactor { get; init; }

    /// <summary>Drain-induced barrier lowering, volts of threshold per volt of drain (and source) bias, from 0 to below <see cref="SlopeFactor"/>.</summary>
    public required double BarrierLowering { get; init; }

    /// <summary>Specific current 2·n·KP·(W/L)·UT², amperes, positive.</summary>
    public required double SpecificCurrentAmps { get; init; }

    /// <summary>True for a p-channel transistor: all voltages and the current change sign.</summary>
    public required bool IsPChannel { get; init; }
}
