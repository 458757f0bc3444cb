namespace CircuitSim.Circuit.Networks;

/// <summary>Where inverters that differ from the network's switch: their curves are about the network's, moved along the input.</summary>
internal static class InverterShift
{
    private const int MostIterations = 60;

    /// <summary>Input at which each inverter delivers no current at mid-rail, less that of the reference.</summary>
    /// <param name="inverters">The inverters.</param>
    /// <param name="reference">What they are held against.</param>
    /// <param name="supplyVolts">Supply, volts.</param>
    /// <returns>Volts, one an inverter.</returns>
    internal static double[] Of(IReadOnlyList<InverterModel> inverters, InverterModel reference, double supplyVolts)
    {
        double middle = SwitchingVolts(reference, supplyVolts);
        return [.. inverters.Select(inverter => SwitchingVolts(inverter, supplyVolts) - middle)];
    }

    // The current falls with the input. A start for Newton needs no more than a microvolt.
    private static double SwitchingVolts(InverterModel inverter, double supplyVolts)
    {
        double low = -supplyVolts / 2, high = supplyVolts / 2, volts = 0;
        for (int k = 0; k < MostIterations && high - low > 1e-6; k++)
        {
            InverterCurrent current = inverter.OutputCurrent(volts, 0, supplyVolts);
            if (current.Amps > 0) low = volts;
            else high = volts;
            double next = volts - current.Amps / current.PerInputVolt;
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - volts) < 1e-6) return next;
            volts = next;
        }

        return volts;
    }
}
