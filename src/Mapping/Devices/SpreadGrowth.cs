using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>Relaxation that widens the spread and leaves the mean: σ(G, t) is known at a few times, and between them linear in ln t.</summary>
/// <remarks>What is added after the first time is drawn independently of it, with the variance σ(G, t)² − σ(G, t_1)², so that the whole has the published σ.</remarks>
public sealed record SpreadGrowth : ConductanceDrift
{
    private readonly (double Seconds, SpreadPolynomial Spread)[] _points;

    /// <summary>Creates the law.</summary>
    /// <param name="points">Times after programming, seconds, positive and rising, each with the standard deviation then; at least two. The first is the card's programming error.</param>
    /// <exception cref="InvalidDesignException">There are fewer than two times, or they do not rise.</exception>
    public SpreadGrowth(params IReadOnlyList<(double Seconds, SpreadPolynomial Spread)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count < 2 || !(points[0].Seconds > 0) || points.Skip(1).Where((p, i) => !(p.Seconds > points[i].Seconds)).Any())
            throw new InvalidDesignException("Growth of the spread", ["At least two times are needed, positive and rising."]);
        _points = [.. points];
    }

    /// <summary>Standard deviation of the conductance at a time, programming error included.</summary>
    /// <param name="targetSiemens">Target, siemens.</param>
    /// <param name="seconds">Time after programming, seconds, from the first to the last time.</param>
    /// <returns>Siemens.</returns>
    public double TotalDeviationSiemens(double targetSiemens, double seconds)
    {
        int next = 1;
        while (next < _points.Length - 1 && _points[next].Seconds < seconds) next++;
        (double before, SpreadPolynomial low) = _points[next - 1];
        (double after, SpreadPolynomial high) = _points[next];
        double share = Math.Log(seconds / before) / Math.Log(after / before), first = low.At(targetSiemens);
        return first + share * (high.At(targetSiemens) - first);
    }

    internal override double Apply(double targetSiemens, double programmedSiemens, double seconds, double normal) =>
        programmedSiemens + Math.Sqrt(Added(targetSiemens, seconds)) * normal;

    internal override (double Mean, double Variance) After(double targetSiemens, double mean, double variance, double seconds) =>
        (mean, variance + Added(targetSiemens, seconds));

    private double Added(double targetSiemens, double seconds)
    {
        double first = _points[0].Spread.At(targetSiemens), now = TotalDeviationSiemens(targetSiemens, seconds);
        return Math.Max(0, now * now - first * first);
    }
}
