using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>Conductances measured at several times after programming, device by device or not.</summary>
/// <remarks>
/// A one-shot device is drawn from the distribution measured at the time of the read; between times, quantiles are interpolated linearly in
/// ln t. After program-and-verify, which no such table shows, a device keeps what it was accepted with, plus the change of the measured mean and an
/// independent normal part with the growth of the measured variance; mean and standard deviation are linear in ln t and between targets.
/// </remarks>
public sealed record EmpiricalDrift : ConductanceDrift
{
    private readonly (double Seconds, QuantileTable Table)[] _points;
    private readonly double[][] _bias;
    private readonly double[][] _deviation;

    /// <summary>Creates the law.</summary>
    /// <param name="points">Times after programming, seconds, positive and rising, each with what was measured then; at least two, of the same targets.</param>
    /// <exception cref="InvalidDesignException">There are fewer than two times, they do not rise, or their targets differ.</exception>
    public EmpiricalDrift(IReadOnlyList<(double Seconds, QuantileTable Table)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var problems = new List<string>();
        if (points.Count < 2 || !(points[0].Seconds > 0) || points.Skip(1).Where((p, i) => !(p.Seconds > points[i].Seconds)).Any())
            problems.Add("At least two times are needed, positive and rising.");
        if (points.Skip(1).Any(p => !p.Table.TargetSiemens.SequenceEqual(points[0].Table.TargetSiemens) || !p.Table.Probabilities.SequenceEqual(points[0].Table.Probabilities)))
            problems.Add("Every time needs the same targets and probabilities.");
        if (problems.Count > 0) throw new InvalidDesignException("Measured relaxation", problems);
        _points = [.. points];
        _bias = [.. points.Select(p => AtTargets(p.Table, (law, g) => law.MeanSiemens(g) - g))];
        _deviation = [.. points.Select(p => AtTargets(p.Table, (law, g) => law.StandardDeviationSiemens(g)))];
    }

    /// <summary>Times after programming, seconds, with what was measured then.</summary>
    public IReadOnlyList<(double Seconds, QuantileTable Table)> Points => _points;

    /// <summary>What was measured at a time, interpolated in ln t.</summary>
    /// <param name="seconds">Time, seconds, from the first to the last.</param>
    /// <returns>The distribution then.</returns>
    internal EmpiricalProgrammingError At(double seconds)
    {
        (int next, double share) = Interval(seconds);
        return new EmpiricalProgrammingError(QuantileTable.Between(_points[next - 1].Table, _points[next].Table, share)) { Source = Source };
    }

    internal override double Apply(double targetSiemens, double programmedSiemens, double seconds, double normal)
    {
        (double mean, double variance) = After(targetSiemens, programmedSiemens, 0, seconds);
        return mean + Math.Sqrt(variance) * normal;
    }

    internal override (double Mean, double Variance) After(double targetSiemens, double mean, double variance, double seconds)
    {
        (int next, double share) = Interval(seconds);
        QuantileTable table = _points[0].Table;
        double bias = Now(_bias), deviation = Now(_deviation);
        double first = table.Between(_deviation[0], targetSiemens);
        return (mean + bias - table.Between(_bias[0], targetSiemens), variance + Math.Max(0, deviation * deviation - first * first));

        double Now(double[][] known)
        {
            double before = table.Between(known[next - 1], targetSiemens);
            return before + share * (table.Between(known[next], targetSiemens) - before);
        }
    }

    private (int Next, double Share) Interval(double seconds)
    {
        int next = 1;
        while (next < _points.Length - 1 && _points[next].Seconds < seconds) next++;
        return (next, Math.Log(seconds / _points[next - 1].Seconds) / Math.Log(_points[next].Seconds / _points[next - 1].Seconds));
    }

    private static double[] AtTargets(QuantileTable table, Func<EmpiricalProgrammingError, double, double> number)
    {
        var law = new EmpiricalProgrammingError(table) { Source = "measured" };
        return [.. table.TargetSiemens.Select(g => number(law, g))];
    }
}
