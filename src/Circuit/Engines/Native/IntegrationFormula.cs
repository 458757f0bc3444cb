namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Turns charges into their rates: backward Euler, trapezoidal rule, or second-order Gear with variable steps.</summary>
internal sealed class IntegrationFormula(int chargeCount)
{
    private double[] _last = new double[chargeCount], _beforeLast = new double[chargeCount];
    private readonly double[] _rates = new double[chargeCount];

    /// <summary>Begins with charges at rest.</summary>
    public void Begin(double[] charges)
    {
        charges.CopyTo(_last, 0);
        charges.CopyTo(_beforeLast, 0);
        Array.Clear(_rates);
    }

    /// <summary>Prepares a step of backward Euler.</summary>
    public void Euler(LoadState state, double step)
    {
        state.ChargeRate = 1 / step;
        for (int k = 0; k < chargeCount; k++) state.ChargeHistory[k] = -_last[k] / step;
    }

    /// <summary>Prepares a step of the trapezoidal rule.</summary>
    public void Trapezoidal(LoadState state, double step)
    {
        state.ChargeRate = 2 / step;
        for (int k = 0; k < chargeCount; k++) state.ChargeHistory[k] = -2 / step * _last[k] - _rates[k];
    }

    /// <summary>Prepares a step of second-order Gear after a step of another length.</summary>
    public void Gear(LoadState state, double step, double stepBefore)
    {
        double w = step / stepBefore;
        state.ChargeRate = (1 + 2 * w) / ((1 + w) * step);
        double last = -(1 + w) / step, beforeLast = w * w / ((1 + w) * step);
        for (int k = 0; k < chargeCount; k++) state.ChargeHistory[k] = last * _last[k] + beforeLast * _beforeLast[k];
    }

    /// <summary>Accepts the step whose charges were loaded last.</summary>
    public void Accept(LoadState state)
    {
        for (int k = 0; k < chargeCount; k++) _rates[k] = state.ChargeRate * state.Charges[k] + state.ChargeHistory[k];
        (_last, _beforeLast) = (_beforeLast, _last);
        state.Charges.CopyTo(_last, 0);
    }
}
