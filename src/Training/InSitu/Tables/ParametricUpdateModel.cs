using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.InSitu.Tables;

/// <summary>Compact model of a device's update table: nonlinearity, asymmetry and noise against the state, in a few dozen numbers.</summary>
public sealed record ParametricUpdateModel
{
    /// <summary>Probabilities at which the shape of the noise is kept; closer at the ends, where tails bend.</summary>
    public static IReadOnlyList<double> ShapeProbabilities { get; } =
        [0, 0.005, 0.01, 0.02, 0.035, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.965, 0.98, 0.99, 0.995, 1];

    /// <summary>Name for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Lowest conductance of the device, siemens.</summary>
    public required double MinimumConductance { get; init; }

    /// <summary>Highest conductance of the device, siemens.</summary>
    public required double MaximumConductance { get; init; }

    /// <summary>Points of the uniform state axis that the model was fitted on, and is sampled on; knots are among them.</summary>
    public required int StateCount { get; init; }

    /// <summary>Pulses that raise the conductance.</summary>
    public required ParametricPulse Increasing { get; init; }

    /// <summary>Pulses that lower the conductance.</summary>
    public required ParametricPulse Decreasing { get; init; }

    /// <summary>Fits a model to a table.</summary>
    /// <param name="table">The table; its conductance axis has equal steps.</param>
    /// <param name="options">How close the fit shall be.</param>
    /// <returns>The model; its knots are the fewest that adding the worst point one at a time needs.</returns>
    /// <exception cref="InvalidDesignException">The conductance axis has unequal steps, or a tolerance is not positive.</exception>
    public static ParametricUpdateModel Fit(UpdateTable table, ParametricFitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new ParametricFitOptions();
        options.Check();
        if (!table.HasUniformConductance)
            throw new InvalidDesignException($"Update table '{table.Name}'", ["Its conductance axis has unequal steps; a parametric model is fitted to equal ones."]);

        return new ParametricUpdateModel
        {
            Name = table.Name,
            MinimumConductance = table.MinimumConductance,
            MaximumConductance = table.MaximumConductance,
            StateCount = table.Conductance.Length,
            Increasing = FitPulse(table, isIncreasing: true, options),
            Decreasing = FitPulse(table, isIncreasing: false, options),
        };
    }

    /// <summary>The table that the model stands for, on its own state axis.</summary>
    /// <returns>A table with <see cref="StateCount"/> conductances and the probabilities of <see cref="ShapeProbabilities"/>.</returns>
    /// <exception cref="InvalidDesignException">Lengths differ, or the numbers break a rule of update tables.</exception>
    public UpdateTable ToTable()
    {
        double range = MaximumConductance - MinimumConductance;
        var axis = new double[Math.Max(StateCount, 0)];
        for (int j = 0; j < axis.Length; j++) axis[j] = MinimumConductance + range * j / (axis.Length - 1);
        if (axis.Length > 0) axis[^1] = MaximumConductance;
        return new UpdateTable(Name, axis, [.. ShapeProbabilities], Sample(Increasing, "increasing", range), Sample(Decreasing, "decreasing", range));
    }

    /// <summary>How far the model is from a table.</summary>
    /// <param name="table">The table, of the same number of conductances.</param>
    /// <param name="isIncreasing">Which kind of pulse.</param>
    /// <returns>Errors, relative to the table's mean change over its window.</returns>
    /// <exception cref="ArgumentException">The table has another number of conductances.</exception>
    public ParametricFitError ErrorAgainst(UpdateTable table, bool isIncreasing)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Conductance.Length != StateCount)
            throw new ArgumentException($"The table has {table.Conductance.Length} conductances, the model {StateCount}.", nameof(table));
        UpdateTable own = ToTable();
        PulseStatistics expected = isIncreasing ? table.Increasing : table.Decreasing, actual = isIncreasing ? own.Increasing : own.Decreasing;
        double worst = 0, worstInWindow = 0, squares = 0, step = Math.Abs(expected.WindowMean), scale = table.Range / own.Range;
        int count = 0;
        for (int j = 0; j < StateCount; j++)
        {
            double error = Math.Abs(scale * actual.Mean.Span[j] - expected.Mean.Span[j]) / step, x = (double)j / (StateCount - 1);
            worst = Math.Max(worst, error);
            if (x < 0.1 - 1e-9 || x > 0.9 + 1e-9) continue;
            worstInWindow = Math.Max(worstInWindow, error);
            squares += error * error;
            count++;
        }

        return new ParametricFitError
        {
            AverageStep = Math.Abs(scale * actual.WindowMean - expected.WindowMean) / step,
            WorstInWindow = worstInWindow,
            Worst = worst,
            RootMeanSquareInWindow = Math.Sqrt(squares / Math.Max(count, 1)),
            NoiseRatio = actual.NoiseRatio,
            TableNoiseRatio = expected.NoiseRatio,
        };
    }

    private static ParametricPulse FitPulse(UpdateTable table, bool isIncreasing, ParametricFitOptions options)
    {
        PulseStatistics statistics = isIncreasing ? table.Increasing : table.Decreasing;
        int count = table.Conductance.Length;
        double[] mean = [.. statistics.Mean.ToArray().Select(m => m / table.Range)];
        double[] deviation = [.. statistics.Deviation.ToArray().Select(s => s / table.Range)];
        double step = Math.Abs(statistics.WindowMean) / table.Range, noise = statistics.WindowDeviation / table.Range;
        double meanTolerance = options.MeanTolerance * step;
        double deviationTolerance = Math.Max(options.DeviationTolerance * noise, options.DeviationFloor * step);
        var knots = new List<int> { 0, count - 1 };
        while (Worst(knots, mean, deviation, meanTolerance, deviationTolerance) is int worst)
        {
            knots.Add(worst);
            knots.Sort();
        }

        return new ParametricPulse
        {
            States = [.. knots.Select(k => Rounded((double)k / (count - 1)))],
            Mean = [.. knots.Select(k => Rounded(mean[k]))],
            Deviation = [.. knots.Select(k => Rounded(deviation[k]))],
            Shape = Shape(table, isIncreasing, statistics),
        };
    }

    // The point that is farthest out of tolerance, or null when none is.
    private static int? Worst(List<int> knots, double[] mean, double[] deviation, double meanTolerance, double deviationTolerance)
    {
        int? worst = null;
        double largest = 1;
        for (int k = 1; k < knots.Count; k++)
        {
            int from = knots[k - 1], to = knots[k];
            for (int j = from + 1; j < to; j++)
            {
                double share = (double)(j - from) / (to - from);
                double error = Math.Max(
                    Math.Abs(mean[from] + share * (mean[to] - mean[from]) - mean[j]) / meanTolerance,
                    Math.Abs(deviation[from] + share * (deviation[to] - deviation[from]) - deviation[j]) / deviationTolerance);
                if (error > largest) (largest, worst) = (error, j);
            }
        }

        return worst;
    }

    // The average over states of the standardised quantiles, weighted with the noise, then brought to mean 0 and variance 1.
    private static double[] Shape(UpdateTable table, bool isIncreasing, PulseStatistics statistics)
    {
        ReadOnlySpan<double> probability = table.Probability.Span, changes = table.Changes(isIncreasing).Span;
        ReadOnlySpan<double> means = statistics.Mean.Span, deviations = statistics.Deviation.Span;
        int columns = table.Conductance.Length;
        double weight = 0;
        var quantiles = new double[probability.Length];
        for (int j = 0; j < columns; j++)
        {
            weight += deviations[j];
            for (int i = 0; i < quantiles.Length; i++) quantiles[i] += changes[i * columns + j] - means[j];
        }

        var shape = new double[ShapeProbabilities.Count];
        if (!(weight > 0)) return shape;
        for (int i = 0; i < quantiles.Length; i++) quantiles[i] /= weight;
        for (int i = 0; i < shape.Length; i++) shape[i] = Interpolate(probability, quantiles, ShapeProbabilities[i]);
        // Interpolation noise of single tables can leave a falling pair at the far ends.
        for (int i = 1; i < shape.Length; i++) shape[i] = Math.Max(shape[i], shape[i - 1]);
        (double mean, double variance) = Moments(shape);
        double factor = variance > 0 ? 1 / Math.Sqrt(variance) : 0;
        return [.. shape.Select(z => Rounded((z - mean) * factor))];
    }

    private static (double Mean, double Variance) Moments(double[] shape)
    {
        double mean = 0, square = 0;
        for (int i = 1; i < shape.Length; i++) mean += (ShapeProbabilities[i] - ShapeProbabilities[i - 1]) * 0.5 * (shape[i] + shape[i - 1]);
        for (int i = 1; i < shape.Length; i++)
        {
            double a = shape[i - 1] - mean, b = shape[i] - mean;
            square += (ShapeProbabilities[i] - ShapeProbabilities[i - 1]) * (a * a + a * b + b * b) / 3;
        }

        return (mean, square);
    }

    private static double Interpolate(ReadOnlySpan<double> axis, ReadOnlySpan<double> values, double at)
    {
        int i = 1;
        while (i < axis.Length - 1 && axis[i] < at) i++;
        double share = (at - axis[i - 1]) / (axis[i] - axis[i - 1]);
        return values[i - 1] + share * (values[i] - values[i - 1]);
    }

    // Five digits are far below the noise of any measured table, and keep the files small.
    private static double Rounded(double value) => double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private double[] Sample(ParametricPulse pulse, string what, double range)
    {
        int knots = pulse.States.Count;
        if (knots < 2 || pulse.Mean.Count != knots || pulse.Deviation.Count != knots || pulse.Shape.Count != ShapeProbabilities.Count)
        {
            throw new InvalidDesignException($"Parametric update model '{Name}'",
                [$"The {what} pulse has {knots} states, {pulse.Mean.Count} means, {pulse.Deviation.Count} deviations and {pulse.Shape.Count} quantiles; at least 2 knots of all three and {ShapeProbabilities.Count} quantiles are needed."]);
        }

        double[] states = [.. pulse.States], means = [.. pulse.Mean], deviations = [.. pulse.Deviation];
        var changes = new double[ShapeProbabilities.Count * StateCount];
        for (int j = 0; j < StateCount; j++)
        {
            double x = (double)j / (StateCount - 1), mean = Interpolate(states, means, x), deviation = Interpolate(states, deviations, x);
            for (int i = 0; i < ShapeProbabilities.Count; i++) changes[i * StateCount + j] = range * (mean + deviation * pulse.Shape[i]);
        }

        return changes;
    }
}
