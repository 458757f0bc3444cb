namespace CircuitSim.Circuit.Devices;

/// <summary>Parameters of a junction diode, as in a deck's <c>.model name d(…)</c>.</summary>
/// <remarks>Defaults are SPICE's; temperature is 27 °C.</remarks>
public sealed record DiodeModel
{
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Saturation current (is), amperes.</summary>
    public double SaturationAmps { get; init; } = 1e-14;

    /// <summary>Emission coefficient (n).</summary>
    public double EmissionCoefficient { get; init; } = 1;

    /// <summary>Series resistance (rs), ohms.</summary>
    public double SeriesOhms { get; init; }

    /// <summary>Junction capacitance at 0 V (cjo), farads.</summary>
    public double JunctionFarads { get; init; }

    /// <summary>Built-in voltage (vj), volts.</summary>
    public double JunctionVolts { get; init; } = 1;

    /// <summary>Grading coefficient (m).</summary>
    public double GradingCoefficient { get; init; } = 0.5;

    /// <summary>Part of the built-in voltage above which the capacitance is a straight line (fc).</summary>
    public double ForwardFraction { get; init; } = 0.5;

    /// <summary>Transit time (tt), seconds.</summary>
    public double TransitSeconds { get; init; }

    /// <summary>Breakdown voltage as a positive number (bv), volts, or null for none.</summary>
    public double? BreakdownVolts { get; init; }

    /// <summary>Current at breakdown (ibv), amperes.</summary>
    public double BreakdownAmps { get; init; } = 1e-3;
}
