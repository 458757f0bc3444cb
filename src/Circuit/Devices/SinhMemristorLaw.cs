using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Devices;

/// <summary>I = A·x·sinh(B·V): Yakopcic's law (IEEE Electron Device Lett. 32, 2011), and with A·x = I0·exp(−g/g0), B = 1/V0 the Stanford-PKU law.</summary>
/// <param name="ScaleAmps">A·x, amperes, positive.</param>
/// <param name="PerVolt">B, 1/V, positive; the conductance at 0 V is their product.</param>
public sealed record SinhMemristorLaw(double ScaleAmps, double PerVolt) : MemristorLaw
{
    /// <inheritdoc/>
    public override double Amps(double volts, out double perVolt)
    {
        perVolt = ScaleAmps * PerVolt * Math.Cosh(PerVolt * volts);
        return ScaleAmps * Math.Sinh(PerVolt * volts);
    }

    /// <inheritdoc/>
    public override Expressions.Expression Expression(string plus, string minus)
        => Expressions.Expression.Parse($"{SpiceNumber.Format(ScaleAmps)}*sinh({SpiceNumber.Format(PerVolt)}*v({plus},{minus}))");
}
