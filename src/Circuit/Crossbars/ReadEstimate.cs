namespace CircuitSim.Circuit.Crossbars;

/// <summary>Closed forms of a read where all devices but the selected one are alike and wires are ideal.</summary>
/// <remarks>
/// Derived in <c>docs/derivations/sneak-paths.md</c>. They show the order of sneak currents; <see cref="ArrayReader"/> solves the array as it is.
/// </remarks>
public static class ReadEstimate
{
    /// <summary>Resistance of all sneak paths together with floating lines: R/(n−1) + R/(m−1) + R/((n−1)(m−1)).</summary>
    /// <param name="wordLineCount">Word lines m, at least 1.</param>
    /// <param name="bitLineCount">Bit lines n, at least 1.</param>
    /// <param name="otherOhms">Resistance R of each other device, ohms, positive.</param>
    /// <returns>Ohms; infinite for a single line.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count or the resistance is out of range.</exception>
    public static double FloatingOhms(int wordLineCount, int bitLineCount, double otherOhms)
    {
        Check(wordLineCount, bitLineCount, otherOhms);
        double others = wordLineCount - 1, otherBits = bitLineCount - 1;
        return others == 0 || otherBits == 0 ? double.PositiveInfinity : otherOhms / otherBits + otherOhms / others + otherOhms / (otherBits * others);
    }

    /// <summary>
    /// Current into the end of the selected bit line: V/R_s plus V over <see cref="FloatingOhms"/> (floating), (m−1)·V/(2R) (half), (m−1)·V/(3R)
    /// (third) or nothing (grounded).
    /// </summary>
    /// <param name="wordLineCount">Word lines m, at least 1.</param>
    /// <param name="bitLineCount">Bit lines n, at least 1.</param>
    /// <param name="selectedOhms">Resistance R_s of the selected device, ohms, positive.</param>
    /// <param name="otherOhms">Resistance R of each other device, ohms, positive.</param>
    /// <param name="readVolts">Read voltage V, volts.</param>
    /// <param name="scheme">What the other lines are held at.</param>
    /// <returns>Amperes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count, a resistance or the scheme is out of range.</exception>
    public static double BitLineAmps(
        int wordLineCount, int bitLineCount, double selectedOhms, double otherOhms, double readVolts, ReadScheme scheme)
    {
        Check(wordLineCount, bitLineCount, otherOhms);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(selectedOhms);
        double selected = readVolts / selectedOhms, others = wordLineCount - 1;
        return scheme switch
        {
            ReadScheme.Floating => selected + readVolts / FloatingOhms(wordLineCount, bitLineCount, otherOhms),
            ReadScheme.HalfVoltage => selected + others * (readVolts / 2) / otherOhms,
            ReadScheme.ThirdVoltage => selected + others * (readVolts / 3) / otherOhms,
            ReadScheme.Grounded => selected,
            _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "There is no such read scheme."),
        };
    }

    /// <summary>
    /// Power that all sources deliver: V times the current (floating), V²/R_s + (m+n−2)·V²/(4R) (half), V²/R_s + (m·n−1)·V²/(9R) (third) or
    /// V²/R_s + (n−1)·V²/R (grounded).
    /// </summary>
    /// <param name="wordLineCount">Word lines m, at least 1.</param>
    /// <param name="bitLineCount">Bit lines n, at least 1.</param>
    /// <param name="selectedOhms">Resistance R_s of the selected device, ohms, positive.</param>
    /// <param name="otherOhms">Resistance R of each other device, ohms, positive.</param>
    /// <param name="readVolts">Read voltage V, volts.</param>
    /// <param name="scheme">What the other lines are held at.</param>
    /// <returns>Watts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count, a resistance or the scheme is out of range.</exception>
    public static double SourceWatts(
        int wordLineCount, int bitLineCount, double selectedOhms, double otherOhms, double readVolts, ReadScheme scheme)
    {
        double current = BitLineAmps(wordLineCount, bitLineCount, selectedOhms, otherOhms, readVolts, scheme), square = readVolts * readVolts;
        double selected = square / selectedOhms;
        return scheme switch
        {
            ReadScheme.Floating => readVolts * current,
            ReadScheme.HalfVoltage => selected + (wordLineCount + bitLineCount - 2) * square / (4 * otherOhms),
            ReadScheme.ThirdVoltage => selected + ((double)wordLineCount * bitLineCount - 1) * square / (9 * otherOhms),
            _ => selected + (bitLineCount - 1) * square / otherOhms,
        };
    }

    private static void Check(int wordLineCount, int bitLineCount, double otherOhms)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wordLineCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bitLineCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(otherOhms);
    }
}
