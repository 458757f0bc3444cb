namespace CircuitSim.Circuit.Crossbars;

/// <summary>Tunnelling-like conduction, I = G·sinh(b·V)/b.</summary>
/// <remarks>The static part of Yakopcic's model (C. Yakopcic et al., IEEE Electron Device Letters 32, 2011), where I = a·x·sinh(b·V) and G = a·b·x.</remarks>
public sealed record SinhLaw : DeviceLaw
{
    /// <summary>Creates the law.</summary>
    /// <param name="perVolt">b, 1/V, positive; 0.05 for the device of PHAX, 1 to 5 for many oxides.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="perVolt"/> is not positive.</exception>
    public SinhLaw(double perVolt)
    {
        if (!(perVolt > 0) || !double.IsFinite(perVolt))
            throw new ArgumentOutOfRangeException(nameof(perVolt), perVolt, "The steepness of a sinh law is positive.");
        PerVolt = perVolt;
    }

    /// <summary>b, 1/V.</summary>
    public double PerVolt { get; }

    /// <inheritdoc/>
    public override double ScaleVolts => 1 / PerVolt;

    /// <inheritdoc/>
    public override DeviceCurrent Evaluate(double siemens, double volts) =>
        new(siemens * Math.Sinh(PerVolt * volts) / PerVolt, siemens * Math.Cosh(PerVolt * volts));
}
