namespace CircuitSim.Training.InSitu.Tables;

/// <summary>Mean, spread and shape of the change that one kind of pulse makes, against the conductance before it.</summary>
/// <remarks>
/// Means and variances are those of quantiles joined by straight lines, so that a table with coarse probabilities is not biased. The
/// window is the middle 80 % of the range, from which CrossSim takes the step by which requests are divided in its "standard" mode;
/// in its "multi" mode it takes the whole axis but the last point.
/// </remarks>
public sealed record PulseStatistics
{
    private const double WindowLow = 0.1, WindowHigh = 0.9;

    private readonly double[] _mean;
    private readonly double[] _deviation;

    private PulseStatistics(double[] mean, double[] deviation)
    {
        _mean = mean;
        _deviation = deviation;
    }

    /// <summary>Mean change at each point of the conductance axis, siemens.</summary>
    public ReadOnlyMemory<double> Mean => _mean;

    /// <summary>Standard deviation of the change at each point of the conductance axis, siemens.</summary>
    public ReadOnlyMemory<double> Deviation => _deviation;

    /// <summary>Average of the mean change over the points of the axis in the window, siemens.</summary>
    public required double WindowMean { get; init; }

    /// <summary>Average of the mean change over the whole axis but its last point, siemens.</summary>
    public required double WholeMean { get; init; }

    /// <summary>Average of the standard deviation over the window, siemens.</summary>
    public required double WindowDeviation { get; init; }

    /// <summary>Pulses that it takes to cross the range: range over the size of <see cref="WindowMean"/>.</summary>
    public required double PulseCount { get; init; }

    /// <summary>Noise of a pulse: <see cref="WindowDeviation"/> over the size of <see cref="WindowMean"/>.</summary>
    public double NoiseRatio => WindowDeviation / Math.Abs(WindowMean);

    /// <summary>Nonlinearity: mean change at 90 % of the range less that at 10 %, over <see cref="WindowMean"/>; 0 is linear.</summary>
    public required double Slope { get; init; }

    /// <summary>Fraction of the table's cells whose sign is not that of the pulse.</summary>
    public required double WrongSignFraction { get; init; }

    /// <summary>Fraction of the table's cells that lie below the cell before them, by interpolation noise.</summary>
    public required double FallingFraction { get; init; }

    internal static PulseStatistics Of(UpdateTable table, bool isIncreasing)
    {
        ReadOnlySpan<double> axis = table.Conductance.Span, probability = table.Probability.Span, changes = table.Changes(isIncreasing).Span;
        int columns = axis.Length;
        var mean = new double[columns];
        var deviation = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            mean[j] = MeanOf(probability, changes[j..], columns);
            deviation[j] = DeviationOf(probability, changes[j..], columns, mean[j]);
        }

        double range = table.Range, average = Average(table, mean, WindowLow, WindowHigh);
        int wrong = 0, falling = 0;
        for (int k = 0; k < changes.Length; k++)
        {
            if (isIncreasing ? changes[k] < 0 : changes[k] > 0) wrong++;
            if (k >= columns && changes[k] < changes[k - columns]) falling++;
        }

        return new PulseStatistics(mean, deviation)
        {
            WindowMean = average,
            WholeMean = Average(table, mean, 0, 1, hasLastPoint: false),
            WindowDeviation = Average(table, deviation, WindowLow, WindowHigh),
            PulseCount = range / Math.Abs(average),
            Slope = (At(axis, mean, WindowHigh) - At(axis, mean, WindowLow)) / average,
            WrongSignFraction = (double)wrong / changes.Length,
            FallingFraction = (double)falling / changes.Length,
        };
    }

    private static double MeanOf(ReadOnlySpan<double> probability, ReadOnlySpan<double> column, int stride)
    {
        double sum = 0;
        for (int i = 1; i < probability.Length; i++)
            sum += (probability[i] - probability[i - 1]) * 0.5 * (column[i * stride] + column[(i - 1) * stride]);
        return sum;
    }

    // ∫(a + (b − a)t)² dt over 0 to 1 is (a² + ab + b²)/3.
    private static double DeviationOf(ReadOnlySpan<double> probability, ReadOnlySpan<double> column, int stride, double mean)
    {
        double sum = 0;
        for (int i = 1; i < probability.Length; i++)
        {
            double a = column[(i - 1) * stride] - mean, b = column[i * stride] - mean;
            sum += (probability[i] - probability[i - 1]) * (a * a + a * b + b * b) / 3;
        }

        return Math.Sqrt(sum);
    }

    // With equal steps the average over the points, as CrossSim takes it; with unequal ones the integral, which does not depend on where the points lie.
    private static double Average(UpdateTable table, double[] values, double low, double high, bool hasLastPoint = true)
    {
        ReadOnlySpan<double> axis = table.Conductance.Span;
        if (!table.HasUniformConductance) return Integral(axis, values, low, high) / (high - low);

        double step = 1.0 / (axis.Length - 1), slack = 1e-9;
        double sum = 0;
        int count = 0;
        for (int j = 0; j < (hasLastPoint ? axis.Length : axis.Length - 1); j++)
        {
            if (j * step < low - slack || j * step > high + slack) continue;
            sum += values[j];
            count++;
        }

        return count > 0 ? sum / count : At(axis, values, 0.5);
    }

    private static double Integral(ReadOnlySpan<double> axis, double[] values, double low, double high)
    {
        double range = axis[^1] - axis[0], last = low, lastValue = At(axis, values, low), sum = 0;
        for (int j = 0; j < axis.Length; j++)
        {
            double x = (axis[j] - axis[0]) / range;
            if (x <= low || x >= high) continue;
            sum += (x - last) * 0.5 * (lastValue + values[j]);
            (last, lastValue) = (x, values[j]);
        }

        return sum + (high - last) * 0.5 * (lastValue + At(axis, values, high));
    }

    private static double At(ReadOnlySpan<double> axis, ReadOnlySpan<double> values, double fraction)
    {
        double at = axis[0] + fraction * (axis[^1] - axis[0]);
        int j = 1;
        while (j < axis.Length - 1 && axis[j] < at) j++;
        double share = (at - axis[j - 1]) / (axis[j] - axis[j - 1]);
        return values[j - 1] + share * (values[j] - values[j - 1]);
    }
}
