namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Keeps the voltage of a p-n junction from running up its exponential within an iteration, as SPICE does (Nagel, SPICE2, UCB/ERL M520, 1975, appendix 3).</summary>
/// <param name="saturationAmps">Saturation current.</param>
/// <param name="thermalVolts">Emission coefficient times kT/q.</param>
internal sealed class JunctionLimit(double saturationAmps, double thermalVolts)
{
    private readonly double _critical = thermalVolts * Math.Log(thermalVolts / (Math.Sqrt(2) * saturationAmps));
    private double _last;

    /// <summary>The voltage to evaluate the junction at.</summary>
    /// <param name="state">Says whether to limit, and takes note when that moved the voltage.</param>
    /// <param name="volts">Present voltage.</param>
    public double Apply(LoadState state, double volts)
    {
        double limited = volts;
        if (!state.BeginsIteration && volts > _critical && Math.Abs(volts - _last) > 2 * thermalVolts)
        {
            double rise = 1 + (volts - _last) / thermalVolts;
            limited = _last <= 0 ? thermalVolts * Math.Log(volts / thermalVolts) : rise > 0 ? _last + thermalVolts * Math.Log(rise) : _critical;
            state.HasLimited = true;
        }

        return _last = limited;
    }
}
