using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Data;

/// <summary>How features become input voltages: each is brought to x in [0, 1] and then to (x − 0.5)·Vdd.</summary>
/// <remarks>
/// Images keep their pixels, which lie in [0, 1] already; tables are scaled from the minimum and maximum of the training part, so a
/// sample of the test part can lie outside the rails: it is kept as it is, and <see cref="VoltageSet.OutsideRailsCount"/> counts it.
/// </remarks>
public sealed record FeatureScaling
{
    private readonly double[] _minimum;
    private readonly double[] _maximum;

    private FeatureScaling(double[] minimum, double[] maximum)
    {
        _minimum = minimum;
        _maximum = maximum;
    }

    /// <summary>Value of each feature that becomes −Vdd/2.</summary>
    public ReadOnlyMemory<double> Minimum => _minimum;

    /// <summary>Value of each feature that becomes +Vdd/2.</summary>
    public ReadOnlyMemory<double> Maximum => _maximum;

    /// <summary>Takes the scaling from the training part of a data set.</summary>
    /// <param name="training">Training part.</param>
    /// <returns>The scaling.</returns>
    /// <exception cref="InvalidDesignException">A feature of a table has the same value in every sample; all such features are listed.</exception>
    public static FeatureScaling Fit(DataSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var minimum = new double[training.FeatureCount];
        var maximum = new double[training.FeatureCount];
        Array.Fill(maximum, 1.0);
        if (training.IsImage) return new FeatureScaling(minimum, maximum);

        var violations = new List<string>();
        ReadOnlySpan<double> inputs = training.Inputs.Span;
        for (int f = 0; f < training.FeatureCount; f++)
        {
            (minimum[f], maximum[f]) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int i = f; i < inputs.Length; i += training.FeatureCount)
            {
                minimum[f] = Math.Min(minimum[f], inputs[i]);
                maximum[f] = Math.Max(maximum[f], inputs[i]);
            }

            if (maximum[f] > minimum[f]) continue;
            string name = training.FeatureNames?[f] ?? $"{f}";
            violations.Add(string.Create(CultureInfo.InvariantCulture,
                $"Feature '{name}' is {minimum[f]:R} in every training sample and cannot be scaled; leave its column out."));
        }

        if (violations.Count > 0) throw new InvalidDesignException($"Training part of data set '{training.Name}'", violations);
        return new FeatureScaling(minimum, maximum);
    }

    /// <summary>Scales a data set to voltages.</summary>
    /// <param name="data">Samples with as many features as the scaling.</param>
    /// <param name="supplyVolts">Supply Vdd, volts, positive.</param>
    /// <returns>Input voltages and classes.</returns>
    /// <exception cref="ArgumentException">The number of features differs.</exception>
    public VoltageSet ToVolts(DataSet data, double supplyVolts)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(supplyVolts);
        if (data.FeatureCount != _minimum.Length)
            throw new ArgumentException($"The data have {data.FeatureCount} features, the scaling {_minimum.Length}.", nameof(data));

        var volts = new double[data.Inputs.Length];
        ReadOnlySpan<double> inputs = data.Inputs.Span;
        int outside = 0;
        for (int i = 0; i < volts.Length; i++)
        {
            int f = i % data.FeatureCount;
            double x = (inputs[i] - _minimum[f]) / (_maximum[f] - _minimum[f]);
            if (x < 0 || x > 1) outside++;
            volts[i] = (x - 0.5) * supplyVolts;
        }

        return new VoltageSet(data.FeatureCount, volts, data.Labels.Span, outside);
    }
}
