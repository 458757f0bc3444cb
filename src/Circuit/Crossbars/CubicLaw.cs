namespace CircuitSim.Circuit.Crossbars;

/// <summary>A polynomial law, I = G·(V + q·V² + c·V³), for devices whose current departs little from Ohm's law.</summary>
/// <param name="QuadraticPerVolt">q, 1/V; makes the device asymmetric.</param>
/// <param name="CubicPerVoltSquared">c, 1/V².</param>
public sealed record CubicLaw(double QuadraticPerVolt, double CubicPerVoltSquared) : DeviceLaw
{
    /// <inheritdoc/>
    public override double ScaleVolts => double.PositiveInfinity;

    /// <inheritdoc/>
    public override DeviceCurrent Evaluate(double siemens, double volts) => new(
        siemens * volts * (1 + volts * (QuadraticPerVolt + volts * CubicPerVoltSquared)),
        siemens * (1 + volts * (2 * QuadraticPerVolt + 3 * volts * CubicPerVoltSquared)));
}
