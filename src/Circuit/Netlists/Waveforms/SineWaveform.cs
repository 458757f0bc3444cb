namespace CircuitSim.Circuit.Netlists.Waveforms;

/// <summary>A sine that may decay, <c>SIN(vo va freq td theta phase)</c>.</summary>
/// <param name="Offset">Mean, volts or amperes.</param>
/// <param name="Amplitude">Amplitude, volts or amperes.</param>
/// <param name="Hertz">Frequency; one period over the analysis when null or 0.</param>
/// <param name="DelaySeconds">Start, 0 when null.</param>
/// <param name="DampingPerSecond">Decay rate, 0 when null.</param>
/// <param name="PhaseDegrees">Phase at the start, 0 when null.</param>
public sealed record SineWaveform(
    double Offset, double Amplitude, double? Hertz, double? DelaySeconds, double? DampingPerSecond, double? PhaseDegrees) : Waveform
{
    /// <inheritdoc/>
    internal override string DeckText => Deck("sin", Offset, Amplitude, Hertz, DelaySeconds, DampingPerSecond, PhaseDegrees);

    /// <inheritdoc/>
    public override double At(double seconds, double stepSeconds, double stopSeconds)
    {
        double phase = (PhaseDegrees ?? 0) * Math.PI / 180, t = seconds - (DelaySeconds ?? 0);
        if (t <= 0) return Offset + Amplitude * Math.Sin(phase);
        double frequency = OrDefault(Hertz, 1 / stopSeconds);
        return Offset + Amplitude * Math.Sin(2 * Math.PI * frequency * t + phase) * Math.Exp(-t * (DampingPerSecond ?? 0));
    }

    /// <inheritdoc/>
    public override IEnumerable<double> Corners(double stepSeconds, double stopSeconds) => [DelaySeconds ?? 0];
}
