namespace CircuitSim.Circuit.Devices;

/// <summary>One of the capacitances between the gate of a MOS transistor and its channel or bulk (J. E. Meyer, RCA Review 32, 1971), as SPICE joins their regions.</summary>
/// <remarks>
/// With S = VDSsat and D = VDS: CGS = ⅔·C·(1 − ((S−D)/(2S−D))²) and CGD = ⅔·C·(1 − (S/(2S−D))²) in the triode region, ⅔·C and 0 in saturation.
/// Below the threshold CGS falls to 0 and CGB rises to C, in straight lines of the gate voltage.
/// </remarks>
/// <param name="Farads">The capacitance, farads.</param>
/// <param name="PerOver">Its derivative to the gate voltage above the threshold.</param>
/// <param name="PerDrain">Its derivative to the drain-source voltage.</param>
internal readonly record struct MeyerCapacitance(double Farads, double PerOver, double PerDrain)
{
    // Keeps the triode formula away from 0/0 at the threshold.
    private const double SmallestSaturationVolts = 0.025;

    /// <summary>The three capacitances.</summary>
    /// <param name="oxideFarads">C, the capacitance of the gate over the whole channel.</param>
    /// <param name="over">Gate to source above the threshold, volts.</param>
    /// <param name="drainSource">Drain to source, volts, not negative.</param>
    /// <param name="surfacePotentialVolts">Surface potential (phi), volts.</param>
    public static (MeyerCapacitance Source, MeyerCapacitance Drain, MeyerCapacitance Bulk) Evaluate(
        double oxideFarads, double over, double drainSource, double surfacePotentialVolts)
    {
        double depth = Math.Clamp(-over / surfacePotentialVolts, 0, 1), perOver = over < 0 && depth < 1 ? -1 / surfacePotentialVolts : 0;
        double share = Math.Max(0, 2.0 / 3 - 4.0 / 3 * depth), sharePerOver = share > 0 ? -4.0 / 3 * perOver : 0;
        var bulk = new MeyerCapacitance(oxideFarads * depth, oxideFarads * perOver, 0);
        double saturation = Math.Max(over, SmallestSaturationVolts), perSaturation = over > SmallestSaturationVolts ? 1 : 0;
        if (drainSource >= saturation) return (new MeyerCapacitance(oxideFarads * share, oxideFarads * sharePerOver, 0), default, bulk);

        double sum = 2 * saturation - drainSource, a = (saturation - drainSource) / sum, b = saturation / sum;
        // a and b depend on saturation and drain through sum as well: ∂a/∂S = D/sum², ∂a/∂D = −S/sum², and b the other way round.
        double perS = drainSource / (sum * sum), perD = saturation / (sum * sum);
        return (Part(a, perS, -perD), Part(b, -perS, perD), bulk);

        MeyerCapacitance Part(double ratio, double ratioPerSaturation, double ratioPerDrain)
        {
            double rest = 1 - ratio * ratio;
            return new MeyerCapacitance(
                oxideFarads * share * rest,
                oxideFarads * (sharePerOver * rest - 2 * share * ratio * ratioPerSaturation * perSaturation),
                -2 * oxideFarads * share * ratio * ratioPerDrain);
        }
    }
}
