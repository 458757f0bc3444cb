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
    /// <returns>Current, derivatives and the voltage above the threshold.</returns>
    public static MosfetChannel Evaluate(MosfetModel model, double beta, double gateSource, double drainSource, double bulkSource)
    {
        double rootPhi = Math.Sqrt(model.SurfacePotentialVolts);
        double root = bulkSource <= 0 ? Math.Sqrt(model.SurfacePotentialVolts - bulkSource) : Math.Max(0, rootPhi - bulkSource / (2 * rootPhi));
        double threshold = (model.IsPChannel ? -1 : 1) * model.ThresholdVolts + model.BodyFactorRootVolts * (root - rootPhi);
        double over = gateSource - threshold;
        // For a forward biased bulk the threshold falls linearly, as SPICE has it.
        double perRoot = bulkSource <= 0 ? root : root > 0 ? rootPhi : 0;
        double overPerBulk = perRoot > 0 ? model.BodyFactorRootVolts / (2 * perRoot) : 0;
        if (over <= 0) return new MosfetChannel(0, 0, 0, 0, over, overPerBulk);

        double lambda = model.ChannelModulationPerVolt, modulated = beta * (1 + lambda * drainSource);
        if (over <= drainSource)
        {
            double saturated = modulated * over;
            return new MosfetChannel(saturated * over / 2, saturated, lambda * beta * over * over / 2, saturated * overPerBulk, over, overPerBulk);
        }

        double shape = drainSource * (over - drainSource / 2), perGate = modulated * drainSource;
        return new MosfetChannel(modulated * shape, perGate, modulated * (over - drainSource) + lambda * beta * shape, perGate * overPerBulk, over, overPerBulk);
    }
}
