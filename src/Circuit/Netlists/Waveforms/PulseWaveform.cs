namespace CircuitSim.Circuit.Netlists.Waveforms;

/// <summary>A pulse that repeats, <c>PULSE(v1 v2 td tr tf pw per)</c>.</summary>
/// <param name="Low">Value before and between pulses, volts or amperes.</param>
/// <param name="High">Value of the pulse, volts or amperes.</param>
/// <param name="DelaySeconds">Start of the first rise, 0 when null.</param>
/// <param name="RiseSeconds">Rise time; the printing step when null or 0.</param>
/// <param name="FallSeconds">Fall time; the printing step when null or 0.</param>
/// <param name="WidthSeconds">Time at the high value; the end of the analysis when null or 0.</param>
/// <param name="PeriodSeconds">Period; the end of the analysis when null or 0.</param>
public sealed record PulseWaveform(
    double Low, double High, double? DelaySeconds, double? RiseSeconds, double? FallSeconds, double? WidthSeconds, double? PeriodSeconds) : Waveform
{
    /// <inheritdoc/>
    internal override string DeckText => Deck("pulse", Low, High, DelaySeconds, RiseSeconds, FallSeconds, WidthSeconds, PeriodSeconds);

    /// <inheritdoc/>
    public override double At(double seconds, double stepSeconds, double stopSeconds)
    {
        (double rise, double fall, double width, double period) = Times(stepSeconds, stopSeconds);
        double t = seconds - (DelaySeconds ?? 0);
        if (t > period) t -= period * Math.Floor(t / period);
        if (t <= 0) return Low;
        if (t < rise) return Low + (High - Low) * t / rise;
        if (t <= rise + width) return High;
        return t < rise + width + fall ? High + (Low - High) * (t - rise - width) / fall : Low;
    }

    /// <inheritdoc/>
    public override IEnumerable<double> Corners(double stepSeconds, double stopSeconds)
    {
        (double rise, double fall, double width, double period) = Times(stepSeconds, stopSeconds);
        for (long k = 0; (DelaySeconds ?? 0) + k * period < stopSeconds; k++)
        {
            double start = (DelaySeconds ?? 0) + k * period;
            yield return start;
            yield return start + rise;
            yield return start + rise + width;
            yield return start + rise + width + fall;
        }
    }

    private (double Rise, double Fall, double Width, double Period) Times(double step, double stop)
        => (OrDefault(RiseSeconds, step), OrDefault(FallSeconds, step), OrDefault(WidthSeconds, stop), OrDefault(PeriodSeconds, stop));
}
