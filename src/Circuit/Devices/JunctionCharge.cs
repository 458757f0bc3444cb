namespace CircuitSim.Circuit.Devices;

/// <summary>Charge of a depletion region: the textbook power law, continued as a straight line in capacitance near and above the built-in voltage.</summary>
internal static class JunctionCharge
{
    // Below this part of the built-in voltage the difference of two powers loses digits, and five terms of its series lose none.
    private const double SmallPart = 1e-3;

    /// <summary>Charge at a voltage.</summary>
    /// <param name="volts">Voltage from p to n.</param>
    /// <param name="zeroBiasFarads">Capacitance at 0 V.</param>
    /// <param name="builtInVolts">Built-in voltage.</param>
    /// <param name="grading">Grading coefficient, below 1.</param>
    /// <param name="forwardFraction">Part of the built-in voltage at which the straight line begins, below 1.</param>
    /// <param name="farads">Capacitance at the voltage.</param>
    /// <returns>Coulombs; 0 at 0 V.</returns>
    public static double Coulombs(double volts, double zeroBiasFarads, double builtInVolts, double grading, double forwardFraction, out double farads)
    {
        if (zeroBiasFarads == 0)
        {
            farads = 0;
            return 0;
        }

        double corner = forwardFraction * builtInVolts;
        if (volts < corner)
        {
            double part = volts / builtInVolts, left = 1 - part, scale = zeroBiasFarads * builtInVolts;
            if (grading == 0.5)
            {
                double root = Math.Sqrt(left);
                farads = zeroBiasFarads / root;
                return scale * 2 * part / (1 + root);
            }

            double power = Math.Pow(left, -grading);
            farads = zeroBiasFarads * power;
            return scale * (Math.Abs(part) < SmallPart ? Series(part, 1 - grading) : (1 - left * power) / (1 - grading));
        }

        double rest = 1 - forwardFraction, atCorner = Math.Pow(rest, -grading);
        double level = zeroBiasFarads * atCorner, slope = level * grading / (rest * builtInVolts), beyond = volts - corner;
        farads = level + slope * beyond;
        return zeroBiasFarads * builtInVolts * (1 - rest * atCorner) / (1 - grading) + beyond * (level + slope * beyond / 2);
    }

    /// <summary>(1 − (1 − u)ᵃ)/a.</summary>
    private static double Series(double u, double a) =>
        u * (1 + (1 - a) / 2 * u * (1 + (2 - a) / 3 * u * (1 + (3 - a) / 4 * u * (1 + (4 - a) / 5 * u))));
}
