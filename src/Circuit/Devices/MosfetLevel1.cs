namespace CircuitSim.Circuit.Devices;

/// <summary>Channel current of a level 1 MOS transistor (Shichman and Hodges, IEEE J. Solid-State Circuits 3, 1968, with body effect).</summary>
internal static class MosfetLevel1
{
    /// <summary>Current into the drain from the channel, with derivatives, at voltages referred to the source.</summary>
    /// <param name="model">Model parameters.</param>
    /// <param name="beta">KP·W/L, A/V².</param>
    /// <param name="gateSource">Gate to source, volts, as seen by an n-channel device.</param>
    /// <param name="drainSource">Drain to source, volts, not negative.</param>
    /// <param name="bulkSource">Bulk to source, volts.</param>
    /// <param name="perGate">Derivative to the gate, siemens.</param>
    /// <param name="perDrain">Derivative to the drain, siemens.</param>
    /// <param name="perBulk">Derivative to the bulk, siemens.</param>
    /// <returns>Amperes.</returns>
    public static double Amps(
        MosfetModel model, double beta, double gateSource, double drainSource, double bulkSource, out double perGate, out double perDrain, out double perBulk)
    {
        double rootPhi = Math.Sqrt(model.SurfacePotentialVolts);
        double root = bulkSource <= 0 ? Math.Sqrt(model.SurfacePotentialVolts - bulkSource) : Math.Max(0, rootPhi - bulkSource / (2 * rootPhi));
        double threshold = (model.IsPChannel ? -1 : 1) * model.ThresholdVolts + model.BodyFactorRootVolts * (root - rootPhi);
        double over = gateSource - threshold;
        perGate = perDrain = perBulk = 0;
        if (over <= 0) return 0;

        double lambda = model.ChannelModulationPerVolt, modulated = beta * (1 + lambda * drainSource);
        double amps;
        if (over <= drainSource)
        {
            amps = modulated * over * over / 2;
            perGate = modulated * over;
            perDrain = lambda * beta * over * over / 2;
        }
        else
        {
            double shape = drainSource * (over - drainSource / 2);
            amps = modulated * shape;
            perGate = modulated * drainSource;
            perDrain = modulated * (over - drainSource) + lambda * beta * shape;
        }

        // For a forward biased bulk the threshold falls linearly, as SPICE has it.
        double perRoot = bulkSource <= 0 ? root : root > 0 ? rootPhi : 0;
        perBulk = perRoot > 0 ? perGate * model.BodyFactorRootVolts / (2 * perRoot) : 0;
        return amps;
    }
}
