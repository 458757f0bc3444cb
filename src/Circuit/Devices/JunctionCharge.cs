namespace CircuitSim.Circuit.Devices;

/// <summary>Charge of a depletion region: the textbook power law, continued as a straight line in capacitance near and above the built-in voltage.</summary>
internal static class JunctionCharge
{
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
        double corner = forwardFraction * builtInVolts;
        if (volts < corner)
        {
            double left = 1 - volts / builtInVolts, power = Math.Pow(left, -grading);
            farads = zeroBiasFarads * power;
            return zeroBiasFarads * builtInVolts * (1 - left * power) / (1 - grading);
        }

        double rest = 1 - forwardFraction, atCorner = Math.Pow(rest, -grading);
        double level = zeroBiasFarads * atCorner, slope = level * grading / (rest * builtInVolts), beyond = volts - corner;
        farads = level + slope * beyond;
        return zeroBiasFarads * builtInVolts * (1 - rest * atCorner) / (1 - grading) + beyond * (level + slope * beyond / 2);
    }
}
