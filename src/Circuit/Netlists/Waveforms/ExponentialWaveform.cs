namespace CircuitSim.Circuit.Netlists.Waveforms;

/// <summary>An exponential rise and fall, <c>EXP(v1 v2 td1 tau1 td2 tau2)</c>.</summary>
/// <param name="Initial">Value at first, volts or amperes.</param>
/// <param name="Pulsed">Value that is approached, volts or amperes.</param>
/// <param name="RiseDelaySeconds">Start of the rise; the printing step when null or 0.</param>
/// <param name="RiseConstantSeconds">Time constant of the rise; the printing step when null or 0.</param>
/// <param name="FallDelaySeconds">Start of the fall; a step after the rise began when null or 0.</param>
/// <param name="FallConstantSeconds">Time constant of the fall; the printing step when null or 0.</param>
public sealed record ExponentialWaveform(
    double Initial, double Pulsed, double? RiseDelaySeconds, double? RiseConstantSeconds, double? FallDelaySeconds, double? FallConstantSeconds) : Waveform
{
    /// <inheritdoc/>
    internal override string DeckText => Deck("exp", Initial, Pulsed, RiseDelaySeconds, RiseConstantSeconds, FallDelaySeconds, FallConstantSeconds);

    /// <inheritdoc/>
    public override double At(double seconds, double stepSeconds, double stopSeconds)
    {
        double rise = OrDefault(RiseDelaySeconds, stepSeconds), fall = OrDefault(FallDelaySeconds, rise + stepSeconds);
        double value = Initial;
        if (seconds > rise) value += (Pulsed - Initial) * -Expm1(-(seconds - rise) / OrDefault(RiseConstantSeconds, stepSeconds));
        if (seconds > fall) value += (Initial - Pulsed) * -Expm1(-(seconds - fall) / OrDefault(FallConstantSeconds, stepSeconds));
        return value;
    }

    /// <inheritdoc/>
    public override IEnumerable<double> Corners(double stepSeconds, double stopSeconds)
    {
        double rise = OrDefault(RiseDelaySeconds, stepSeconds);
        return [rise, OrDefault(FallDelaySeconds, rise + stepSeconds)];
    }

    private static double Expm1(double x) => Math.Exp(x) - 1;
}
