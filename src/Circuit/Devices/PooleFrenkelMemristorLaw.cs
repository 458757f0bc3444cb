using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Devices;

/// <summary>I = G·V·exp(√(|V|/V0)): Poole-Frenkel emission, as in SiOx devices in their high-resistance state.</summary>
/// <param name="Siemens">G, the conductance at 0 V, siemens.</param>
/// <param name="FieldVolts">V0 = π·d·ε·(kT)²/q³, volts, positive.</param>
public sealed record PooleFrenkelMemristorLaw(double Siemens, double FieldVolts) : MemristorLaw
{
    /// <inheritdoc/>
    public override double Amps(double volts, out double perVolt)
    {
        double root = Math.Sqrt(Math.Abs(volts) / FieldVolts), factor = Siemens * Math.Exp(root);
        perVolt = factor * (1 + root / 2);
        return volts * factor;
    }

    /// <inheritdoc/>
    public override Expressions.Expression Expression(string plus, string minus)
        => Expressions.Expression.Parse($"{SpiceNumber.Format(Siemens)}*v({plus},{minus})*exp(sqrt(abs(v({plus},{minus}))/{SpiceNumber.Format(FieldVolts)}))");
}
