namespace CircuitSim.Circuit.Devices;

/// <summary>Drain current of a MOS transistor, smooth from weak to strong inversion, and its exact derivatives.</summary>
/// <remarks>
/// With voltages referred to the bulk and sp(x) = ln(1+eˣ), sg(x) = 1/(1+e⁻ˣ):
/// VP = (VGB − VT0 + η(VDB+VSB))/n, ID = Is·(sp((VP−VSB)/2UT)² − sp((VP−VDB)/2UT)²), drain to source.
/// A p-channel device has every voltage negated and its current flows source to drain.
/// </remarks>
public static class EkvTransistor
{
    /// <summary>Current into the drain and its derivatives with respect to the four terminal voltages.</summary>
    /// <param name="model">Model parameters.</param>
    /// <param name="drainVolts">Drain node voltage, volts.</param>
    /// <param name="gateVolts">Gate node voltage, volts.</param>
    /// <param name="sourceVolts">Source node voltage, volts.</param>
    /// <param name="bulkVolts">Bulk node voltage, volts.</param>
    /// <returns>Current into the drain terminal, amperes (the source carries its negative), and its derivatives, siemens.</returns>
    public static EkvCurrent Evaluate(EkvParameters model, double drainVolts, double gateVolts, double sourceVolts, double bulkVolts)
    {
        double sign = model.IsPChannel ? -1.0 : 1.0;
        double vgb = sign * (gateVolts - bulkVolts);
        double vdb = sign * (drainVolts - bulkVolts);
        double vsb = sign * (sourceVolts - bulkVolts);
        double twoUt = 2 * model.ThermalVolts;

        double pinchOff = (vgb - model.ThresholdVolts + model.BarrierLowering * (vdb + vsb)) / model.SlopeFactor;
        double a = (pinchOff - vsb) / twoUt;
        double b = (pinchOff - vdb) / twoUt;
        double spA = SoftPlus(a), spB = SoftPlus(b);
        double ga = model.SpecificCurrentAmps * spA * Logistic(a) / model.ThermalVolts;
        double gb = model.SpecificCurrentAmps * spB * Logistic(b) / model.ThermalVolts;

        // (spA-spB)(spA+spB) keeps the digits that spA²-spB² would cancel near VDS = 0.
        double current = model.SpecificCurrentAmps * (spA - spB) * (spA + spB);
        double gate = (ga - gb) / model.SlopeFactor;
        double drain = gate * model.BarrierLowering + gb;
        double source = gate * model.BarrierLowering - ga;

        // Both the current and every voltage change sign for a p-channel device, so the derivatives do not.
        return new EkvCurrent(sign * current, drain, gate, source, -(drain + gate + source));
    }

    private static double SoftPlus(double x) => x > 0 ? x + LogOnePlus(Math.Exp(-x)) : LogOnePlus(Math.Exp(x));

    // Kahan's correction: the rounding of 1+y is divided out again, so that tiny y keep all their digits.
    private static double LogOnePlus(double y)
    {
        double u = 1 + y;
        return u == 1 ? y : Math.Log(u) * (y / (u - 1));
    }

    private static double Logistic(double x)
    {
        if (x >= 0) return 1.0 / (1.0 + Math.Exp(-x));

        double e = Math.Exp(x);
        return e / (1.0 + e);
    }
}
