using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>Measured distributions of conductance minus target: one quantile function per target, linear between its points and between targets.</summary>
/// <remarks>
/// Tails: a distribution ends at its smallest and its largest sample; nothing is extrapolated beyond them. A target between two measured
/// ones has the quantile function linearly between theirs.
/// </remarks>
public sealed class QuantileTable
{
    private readonly double[] _probabilities;
    private readonly double[] _targets;
    private readonly double[][] _deviations;

    /// <summary>Creates a table and checks it.</summary>
    /// <param name="probabilities">Points of every quantile function: from 0 to 1, rising; at least two.</param>
    /// <param name="targetSiemens">Targets, siemens, rising; at least one.</param>
    /// <param name="deviationSiemens">Conductance minus target, siemens, [target][point], not falling along the points.</param>
    /// <exception cref="InvalidDesignException">The shapes differ or the numbers are out of order; all violations are listed.</exception>
    public QuantileTable(IReadOnlyList<double> probabilities, IReadOnlyList<double> targetSiemens, IReadOnlyList<IReadOnlyList<double>> deviationSiemens)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(targetSiemens);
        ArgumentNullException.ThrowIfNull(deviationSiemens);
        var problems = new List<string>();
        if (probabilities.Count < 2 || probabilities[0] != 0 || probabilities[^1] != 1 || !Rises(probabilities))
            problems.Add("Probabilities rise from 0 to 1, both included.");
        if (targetSiemens.Count == 0 || !Rises(targetSiemens)) problems.Add("Targets rise, and there is at least one.");
        if (deviationSiemens.Count != targetSiemens.Count) problems.Add($"There are {deviationSiemens.Count} distributions for {targetSiemens.Count} targets.");
        for (int i = 0; i < deviationSiemens.Count; i++)
        {
            IReadOnlyList<double> d = deviationSiemens[i];
            if (d.Count != probabilities.Count) problems.Add($"Distribution {i + 1} has {d.Count} points for {probabilities.Count} probabilities.");
            else if (d.Any(v => !double.IsFinite(v)) || d.Skip(1).Where((v, k) => v < d[k]).Any()) problems.Add($"Distribution {i + 1} is not a rising list of numbers.");
        }

        if (problems.Count > 0) throw new InvalidDesignException("Quantile table", problems);
        _probabilities = [.. probabilities];
        _targets = [.. targetSiemens];
        _deviations = [.. deviationSiemens.Select(d => d.ToArray())];
    }

    /// <summary>Points of every quantile function.</summary>
    public IReadOnlyList<double> Probabilities => _probabilities;

    /// <summary>Targets, siemens.</summary>
    public IReadOnlyList<double> TargetSiemens => _targets;

    /// <summary>Conductance minus target, siemens, [target][point].</summary>
    public IReadOnlyList<IReadOnlyList<double>> DeviationSiemens => _deviations;

    /// <summary>The table between two tables of the same shape.</summary>
    internal static QuantileTable Between(QuantileTable first, QuantileTable second, double share) => new(
        first._probabilities, first._targets,
        [.. first._deviations.Select((d, i) => d.Select((v, k) => v + share * (second._deviations[i][k] - v)).ToArray())]);

    /// <summary>Conductance at a probability.</summary>
    internal double Quantile(double target, double probability)
    {
        (int row, double share) = Row(target);
        int point = Interval(_probabilities, probability);
        double along = (probability - _probabilities[point]) / (_probabilities[point + 1] - _probabilities[point]);
        double low = Deviation(row, share, point);
        return target + low + along * (Deviation(row, share, point + 1) - low);
    }

    /// <summary>Probability at or below a conductance.</summary>
    internal double Cumulative(double target, double siemens)
    {
        (int row, double share) = Row(target);
        double deviation = siemens - target;
        int last = _probabilities.Length - 1;
        if (deviation < Deviation(row, share, 0)) return 0;
        if (deviation >= Deviation(row, share, last)) return 1;
        int low = 0, high = last;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (Deviation(row, share, middle) <= deviation) low = middle;
            else high = middle;
        }

        double start = Deviation(row, share, low), end = Deviation(row, share, high);
        return _probabilities[low] + (_probabilities[high] - _probabilities[low]) * (deviation - start) / (end - start);
    }

    /// <summary>Moments of the conductance inside an interval, exact for the piecewise linear law.</summary>
    internal PartialMoments Inside(double target, double lowSiemens, double highSiemens)
    {
        (int row, double share) = Row(target);
        double probability = 0, first = 0, second = 0;
        for (int point = 0; point + 1 < _probabilities.Length; point++)
        {
            double weight = _probabilities[point + 1] - _probabilities[point];
            double a = target + Deviation(row, share, point), b = target + Deviation(row, share, point + 1);
            double from = Math.Max(a, lowSiemens), to = Math.Min(b, highSiemens);
            if (from > to) continue;
            if (b > a) weight *= (to - from) / (b - a);
            probability += weight;
            first += weight * 0.5 * (from + to);
            second += weight * (from * from + from * to + to * to) / 3;
        }

        return new(probability, first, second);
    }

    /// <summary>A number known at every target, linear between them.</summary>
    internal double Between(double[] atTargets, double target)
    {
        (int row, double share) = Row(target);
        return share == 0 ? atTargets[row] : atTargets[row] + share * (atTargets[row + 1] - atTargets[row]);
    }

    private double Deviation(int row, double share, int point)
    {
        double value = _deviations[row][point];
        return share == 0 ? value : value + share * (_deviations[row + 1][point] - value);
    }

    // Targets outside the table are outside the window of its card, whose users check.
    private (int Row, double Share) Row(double target)
    {
        if (target <= _targets[0]) return (0, 0);
        if (target >= _targets[^1]) return (_targets.Length - 1, 0);
        int row = Interval(_targets, target);
        return (row, (target - _targets[row]) / (_targets[row + 1] - _targets[row]));
    }

    private static int Interval(double[] rising, double value)
    {
        int found = Array.BinarySearch(rising, value);
        int index = found >= 0 ? found : ~found - 1;
        return Math.Clamp(index, 0, rising.Length - 2);
    }

    private static bool Rises(IReadOnlyList<double> values) => !values.Skip(1).Where((v, i) => !(v > values[i])).Any() && values.All(double.IsFinite);
}
