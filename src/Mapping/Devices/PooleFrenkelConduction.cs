using CircuitSim.Circuit.Devices;

namespace CircuitSim.Mapping.Devices;

/// <summary>I = G_0·V·exp(√(|V|/V_0)), with the programmed conductance being I/V at a read voltage: G_0 = G·exp(−√(V_read/V_0)).</summary>
/// <param name="FieldVolts">V_0, volts, positive.</param>
/// <param name="ReadVolts">Voltage at which conductances are read, volts, positive.</param>
public sealed record PooleFrenkelConduction(double FieldVolts, double ReadVolts) : ConductionLaw
{
    /// <summary>The law of a device known by its nonlinearity n = I(2·V_read)/I(V_read) at a read voltage.</summary>
    /// <remarks>I(2V)/I(V) = 2·exp((√2 − 1)·√(V/V_0)), so that V_0 = V·((√2 − 1)/ln(n/2))².</remarks>
    /// <param name="nonlinearity">n, above 2.</param>
    /// <param name="readVolts">The read voltage, volts, positive.</param>
    /// <param name="source">Paper, figure or code that gives n.</param>
    /// <returns>The law.</returns>
    public static PooleFrenkelConduction OfNonlinearity(double nonlinearity, double readVolts, string source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(nonlinearity, 2);
        double root = (Math.Sqrt(2) - 1) / Math.Log(nonlinearity / 2);
        return new PooleFrenkelConduction(readVolts * root * root, readVolts) { Source = source, MaximumVolts = 2 * readVolts };
    }

    /// <inheritdoc/>
    public override double ScaleVolts => FieldVolts;

    /// <inheritdoc/>
    public override MemristorLaw At(double siemens) => new PooleFrenkelMemristorLaw(siemens * Math.Exp(-Math.Sqrt(ReadVolts / FieldVolts)), FieldVolts);
}
