namespace CircuitSim.Circuit.Devices;

/// <summary>Channel current of a level 1 MOS transistor (Shichman and Hodges, IEEE J. Solid-State Circuits 3, 1968, with body effect).</summary>
/// <param name="model">Model parameters.</param>
/// <param name="beta">KP·W/L, A/V².</param>
internal sealed class MosfetLevel1(MosfetModel model, double beta)
{
    private readonly double _surface = model.SurfacePotentialVolts, _body = model.BodyFactorRootVolts, _lambda = model.ChannelModulationPerVolt;
    private readonly double _rootPhi = Math.Sqrt(model.SurfacePotentialVolts);
    private readonly double _threshold = (model.IsPChannel ? -1 : 1) * model.ThresholdVolts;

    /// <summary>Current into the drain from the channel, with derivatives, at voltages referred to the source.</summary>
    /// <param name="gateSource">Gate to source, volts, as seen by an n-channel device.</param>
    /// <param name="drainSource">Drain to source, volts, not negative.</param>
    /// <param name="bulkSource">Bulk to source, volts.</param>
    /// <returns>Current, derivatives and the voltage above the threshold.</returns>
    public MosfetChannel Evaluate(double gateSource, double drainSource, double bulkSource)
    {
        // For a forward biased bulk the threshold falls linearly, as SPICE has it.
        double root = bulkSource <= 0 ? Math.Sqrt(_surface - bulkSource) : Math.Max(0, _rootPhi - bulkSource / (2 * _rootPhi));
        double over = gateSource - _threshold - _body * (root - _rootPhi);
        double perRoot = bulkSource <= 0 ? root : root > 0 ? _rootPhi : 0;
        double overPerBulk = perRoot > 0 ? _body / (2 * perRoot) : 0;
        if (over <= 0) return new MosfetChannel(0, 0, 0, 0, over, overPerBulk);

        double modulated = beta * (1 + _lambda * drainSource);
        if (over <= drainSource)
        {
            double saturated = modulated * over;
            return new MosfetChannel(saturated * over / 2, saturated, _lambda * beta * over * over / 2, saturated * overPerBulk, over, overPerBulk);
        }

        double shape = drainSource * (over - drainSource / 2), perGate = modulated * drainSource;
        return new MosfetChannel(modulated * shape, perGate, modulated * (over - drainSource) + _lambda * beta * shape, perGate * overPerBulk, over, overPerBulk);
    }
}
