namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Turns charges into their rates: backward Euler, trapezoidal rule, or second-order Gear with variable steps; estimates the error of a step.</summary>
/// <remarks>
/// The local error of a charge is C·q‴, with C = h³/12 for the trapezoidal rule and h²(h+h₁)²/(6(2h+h₁)) for Gear's formula after a step h₁; its
/// third derivative is six times the divided difference of four points (Nagel, SPICE2, UCB/ERL M520, 1975, chapter 4).
/// </remarks>
internal sealed class IntegrationFormula(int chargeCount, bool usesGear)
{
    private const int MostPoints = 3;

    private readonly double[] _rates = new double[chargeCount];
    private readonly double[] _largest = new double[chargeCount];
    private double[] _last = new double[chargeCount], _second = new double[chargeCount], _third = new double[chargeCount];
    private double _step, _lastStep, _secondStep;

    /// <summary>Points since the last corner, at most three.</summary>
    public int PointCount { get; private set; }

    /// <summary>Begins with charges at rest.</summary>
    public void Begin(double[] charges)
    {
        charges.CopyTo(_last, 0);
        Array.Clear(_rates);
        for (int k = 0; k < chargeCount; k++) _largest[k] = Math.Abs(charges[k]);
        PointCount = 1;
    }

    /// <summary>Forgets all points but the last, where nothing smooth leads over a corner.</summary>
    public void Restart() => PointCount = 1;

    /// <summary>Prepares a step: backward Euler from a corner, else the second-order formula.</summary>
    public void Prepare(LoadState state, double step)
    {
        _step = step;
        double[] history = state.ChargeHistory;
        if (PointCount == 1)
        {
            double rate = state.ChargeRate = 1 / step;
            for (int k = 0; k < chargeCount; k++) history[k] = -rate * _last[k];
        }
        else if (usesGear)
        {
            double w = step / _lastStep;
            state.ChargeRate = (1 + 2 * w) / ((1 + w) * step);
            double last = -(1 + w) / step, second = w * w / ((1 + w) * step);
            for (int k = 0; k < chargeCount; k++) history[k] = last * _last[k] + second * _second[k];
        }
        else
        {
            double rate = state.ChargeRate = 2 / step;
            for (int k = 0; k < chargeCount; k++) history[k] = -rate * _last[k] - _rates[k];
        }
    }

    /// <summary>Largest local error of the step, as a part of what is allowed; 0 while there are too few points to tell.</summary>
    /// <param name="state">Holds the charges at the end of the step.</param>
    /// <param name="options">Tolerances.</param>
    public double ErrorRatio(LoadState state, EngineOptions options)
    {
        if (PointCount < MostPoints) return 0;
        double h = _step, h1 = _lastStep, h2 = _secondStep;
        double constant = usesGear ? h * h * (h + h1) * (h + h1) / (2 * h + h1) : h * h * h / 2;
        // Divided difference of third order, as weights of the four charges.
        double w0 = constant / (h * (h + h1) * (h + h1 + h2)), w1 = -constant / (h * h1 * (h1 + h2));
        double w2 = constant / ((h + h1) * h1 * h2), w3 = -constant / ((h + h1 + h2) * (h1 + h2) * h2);
        double relative = options.TruncationFactor * options.TransientRelativeTolerance;
        double floor = options.TruncationFactor * options.CurrentToleranceAmps * h, smallest = options.ChargeToleranceCoulombs;
        double worst = 0;
        double[] now = state.Charges;
        for (int k = 0; k < chargeCount; k++)
        {
            double error = Math.Abs(w0 * now[k] + w1 * _last[k] + w2 * _second[k] + w3 * _third[k]);
            double largest = Math.Max(Math.Max(_largest[k], Math.Abs(now[k])), smallest);
            worst = Math.Max(worst, error / (relative * largest + floor));
        }

        return worst;
    }

    /// <summary>Accepts the step whose charges were noted last.</summary>
    public void Accept(LoadState state)
    {
        double rate = state.ChargeRate;
        double[] now = state.Charges, history = state.ChargeHistory;
        (_last, _second, _third) = (_third, _last, _second);
        for (int k = 0; k < chargeCount; k++)
        {
            double charge = _last[k] = now[k];
            _rates[k] = rate * charge + history[k];
            _largest[k] = Math.Max(_largest[k], Math.Abs(charge));
        }

        (_lastStep, _secondStep) = (_step, _lastStep);
        PointCount = Math.Min(PointCount + 1, MostPoints);
    }
}
