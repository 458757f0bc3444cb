namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Turns charges into their rates: backward Euler, trapezoidal rule, or second-order Gear with variable steps; estimates the error of a step.</summary>
/// <remarks>
/// The local error of a charge is C·q‴, with C = h³/12 for the trapezoidal rule and h²(h+h₁)²/(6(2h+h₁)) for Gear's formula after a step h₁; its
/// third derivative is six times the divided difference of four points (Nagel, SPICE2, UCB/ERL M520, 1975, chapter 4). Until there are four points
/// since a corner, the rates of the charges tell the same: backward Euler's error h²/2·q″ from the change of the rate, which also shows a rate that
/// jumped at the corner; that of the step after it from the curvature of three rates.
/// </remarks>
internal sealed class IntegrationFormula(int chargeCount, bool usesGear)
{
    private const int MostPoints = 3;

    private readonly double[] _largest = new double[chargeCount];
    private double[] _rates = new double[chargeCount], _secondRates = new double[chargeCount];
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
            PrepareEuler(state, step);
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

    /// <summary>Prepares a step of backward Euler.</summary>
    public void PrepareEuler(LoadState state, double step)
    {
        double rate = state.ChargeRate = 1 / step;
        for (int k = 0; k < chargeCount; k++) state.ChargeHistory[k] = -rate * _last[k];
    }

    /// <summary>Order of the error of the next step in its length: 2 for the first step from a corner, else 3.</summary>
    public int ErrorOrder => PointCount == 1 ? 2 : 3;

    /// <summary>Notes how far charges will move, so that errors while they are still small are judged by that.</summary>
    public void NoteExtent(double[] charges)
    {
        for (int k = 0; k < chargeCount; k++) _largest[k] = Math.Max(_largest[k], Math.Abs(charges[k]));
    }

    /// <summary>Largest local error of the step, as a part of what is allowed.</summary>
    /// <param name="state">Holds the charges at the end of the step.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="rounding">What rounding may add to each charge and counts as no error, coulombs or volt-seconds; empty for nothing.</param>
    public double ErrorRatio(LoadState state, EngineOptions options, ReadOnlySpan<double> rounding = default)
    {
        if (PointCount < MostPoints) return EarlyErrorRatio(state, options, rounding);
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
            worst = Math.Max(worst, error / (relative * largest + floor + (rounding.IsEmpty ? 0 : Math.Abs(rounding[k]))));
        }

        return worst;
    }

    /// <summary>The error of the first and the second step from a corner, by the rates of the charges.</summary>
    private double EarlyErrorRatio(LoadState state, EngineOptions options, ReadOnlySpan<double> rounding)
    {
        double h = _step, h1 = _lastStep;
        double relative = options.TruncationFactor * options.TransientRelativeTolerance;
        double floor = options.TruncationFactor * options.CurrentToleranceAmps * h, smallest = options.ChargeToleranceCoulombs;
        double constant = PointCount == 1 ? h / 2 : usesGear ? h * h * (h + h1) / (3 * (2 * h + h1)) : h * h * h / (6 * (h + h1));
        double[] now = state.Charges, history = state.ChargeHistory;
        double worst = 0;
        for (int k = 0; k < chargeCount; k++)
        {
            double rate = state.ChargeRate * now[k] + history[k];
            double bend = PointCount == 1 ? rate - _rates[k] : (rate - _rates[k]) / h - (_rates[k] - _secondRates[k]) / h1;
            double largest = Math.Max(Math.Max(_largest[k], Math.Abs(now[k])), smallest);
            worst = Math.Max(worst, Math.Abs(constant * bend) / (relative * largest + floor + (rounding.IsEmpty ? 0 : Math.Abs(rounding[k]))));
        }

        return worst;
    }

    /// <summary>Accepts the step whose charges were noted last.</summary>
    public void Accept(LoadState state)
    {
        double rate = state.ChargeRate;
        double[] now = state.Charges, history = state.ChargeHistory;
        (_last, _second, _third) = (_third, _last, _second);
        (_rates, _secondRates) = (_secondRates, _rates);
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
