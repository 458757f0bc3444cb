namespace CircuitSim.Mapping.Devices;

/// <summary>What the laws of a card let expect of one device: pulses, and squared error of the conductance that is read.</summary>
internal sealed class ProgrammingExpectation(
    DeviceCard card, ProgrammingOptions options, ProgrammingError? error, ConductanceDrift? drift, ReadNoise? noise, FaultRates? faults, double seconds)
{
    // Below this many standard deviations above 0 S, the part of the law below 0 S counts: it is 1e-18 there.
    private const double FarFromZero = 9;

    private readonly Dictionary<double, (double Pulses, double Mean, double Variance)> _levels = [];

    /// <summary>Expectation for one device.</summary>
    /// <param name="wanted">Conductance that the weight asks for, siemens: errors count from it.</param>
    /// <param name="target">What is programmed: the same, or the level it was rounded to.</param>
    /// <param name="low">Lower edge of the acceptance window.</param>
    /// <param name="high">Upper edge.</param>
    /// <returns>Expected pulses and squared error, siemens squared.</returns>
    internal (double Pulses, double Square) Of(double wanted, double target, double low, double high)
    {
        (double pulses, double mean, double variance) = options.Rounding == LevelRounding.None ? AtRead(target, low, high) : OfLevel(target, low, high);
        double square = SquareAboveZero(mean, variance, wanted);
        return faults is null ? (pulses, square) : WithFaults(pulses, square, wanted, low, high);
    }

    /// <summary>Expected pulses, and mean and standard deviation at the read, of a working device.</summary>
    internal (double Pulses, double Mean, double Deviation) AtLevel(double target, double low, double high)
    {
        (double pulses, double mean, double variance) = OfLevel(target, low, high);
        bool isDrawn = error is not null && options.Mode == ProgrammingMode.OneShot && drift is null && noise is null;
        if (isDrawn && mean < FarFromZero * Math.Sqrt(variance))
        {
            // What is drawn below 0 S is programmed to 0 S. A verified device is inside its window already, and drift and noise widen the law.
            PartialMoments above = error!.Inside(target, 0, double.PositiveInfinity);
            (mean, variance) = (above.First, Math.Max(0, above.Second - above.First * above.First));
        }

        return (pulses, mean, Math.Sqrt(variance));
    }

    private (double Pulses, double Mean, double Variance) OfLevel(double target, double low, double high)
    {
        if (_levels.TryGetValue(target, out var known)) return known;
        return _levels[target] = AtRead(target, low, high);
    }

    private (double Pulses, double Mean, double Variance) AtRead(double target, double low, double high)
    {
        (double pulses, double mean, double variance) = Programmed(target, low, high);
        double programmed = mean;
        if (drift is not null) (mean, variance) = drift.After(target, mean, variance, seconds);
        if (noise is not null)
        {
            double deviation = noise.StandardDeviationSiemens(programmed, mean, seconds);
            variance += deviation * deviation;
        }

        return (pulses, mean, variance);
    }

    private (double Pulses, double Mean, double Variance) Programmed(double target, double low, double high)
    {
        if (error is null) return (0, target, 0);
        double mean = error.MeanSiemens(target), deviation = error.StandardDeviationSiemens(target);
        if (options.Mode == ProgrammingMode.OneShot) return (1, mean, deviation * deviation);

        // The number of pulses is geometric, cut at the largest number; then the device keeps a draw from outside the window.
        PartialMoments inside = error.Inside(target, low, high);
        double p = inside.Probability;
        double accepted = p >= 1 ? 1 : -double.ExpM1(options.MaximumPulses * double.LogP1(-p));
        double second = 0, first = 0;
        if (p > 0)
        {
            first += accepted * inside.First / p;
            second += accepted * inside.Second / p;
        }

        if (p < 1)
        {
            first += (1 - accepted) * (mean - inside.First) / (1 - p);
            second += (1 - accepted) * (deviation * deviation + mean * mean - inside.Second) / (1 - p);
        }

        return (p > 0 ? accepted / p : options.MaximumPulses, first, Math.Max(0, second - first * first));
    }

    private static double SquareAboveZero(double mean, double variance, double wanted)
    {
        double deviation = Math.Sqrt(variance);
        if (mean >= FarFromZero * deviation) return variance + (mean - wanted) * (mean - wanted);
        PartialMoments above = NormalLaw.Inside(mean, deviation, 0, double.PositiveInfinity);
        return above.Second - 2 * wanted * above.First + wanted * wanted;
    }

    private (double Pulses, double Square) WithFaults(double pulses, double square, double wanted, double low, double high)
    {
        double minimum = card.MinimumSiemens, maximum = card.MaximumSiemens, range = maximum - minimum;
        double middle = 0.5 * (minimum + maximum) - wanted;
        double inWindow = Math.Max(0, Math.Min(high, maximum) - Math.Max(low, minimum)) / range;
        double working = 1 - faults!.Total;
        double expected = working * square
            + faults.StuckLow * (minimum - wanted) * (minimum - wanted)
            + faults.StuckHigh * (maximum - wanted) * (maximum - wanted)
            + faults.StuckAnywhere * (middle * middle + range * range / 12);
        double spent = options.Mode == ProgrammingMode.Ideal ? 0
            : faults.StuckLow * Spent(minimum >= low && minimum <= high ? 1 : 0)
            + faults.StuckHigh * Spent(maximum >= low && maximum <= high ? 1 : 0)
            + faults.StuckAnywhere * Spent(inWindow);
        return (working * pulses + spent, expected);
    }

    private double Spent(double shareAccepted) =>
        options.Mode == ProgrammingMode.Verify ? shareAccepted + (1 - shareAccepted) * options.MaximumPulses : 1;
}
