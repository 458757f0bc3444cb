using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Data;

/// <summary>Brings each feature to mean 0 and standard deviation ½, from the statistics of the training part: (x − µ)/2σ.</summary>
public sealed record FeatureStandardization
{
    private readonly double[] _mean;
    private readonly double[] _deviation;

    private FeatureStandardization(double[] mean, double[] deviation) => (_mean, _deviation) = (mean, deviation);

    /// <summary>Mean µ of each feature.</summary>
    public ReadOnlyMemory<double> Mean => _mean;

    /// <summary>Standard deviation σ of each feature.</summary>
    public ReadOnlyMemory<double> Deviation => _deviation;

    /// <summary>Takes the statistics of the training part.</summary>
    /// <param name="training">Training part.</param>
    /// <returns>The scaling. A pixel that is the same in every image becomes 0, since all images are of one kind of quantity.</returns>
    /// <exception cref="InvalidDesignException">A feature of a table is the same in every sample; all such features are listed.</exception>
    public static FeatureStandardization Fit(DataSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        int features = training.FeatureCount, samples = training.SampleCount;
        double[] mean = new double[features], deviation = new double[features];
        ReadOnlySpan<double> inputs = training.Inputs.Span;
        for (int k = 0; k < inputs.Length; k++) mean[k % features] += inputs[k] / samples;
        for (int k = 0; k < inputs.Length; k++) deviation[k % features] += Math.Pow(inputs[k] - mean[k % features], 2) / samples;
        var violations = new List<string>();
        for (int f = 0; f < features; f++)
        {
            deviation[f] = Math.Sqrt(deviation[f]);
            if (deviation[f] > 0) continue;
            deviation[f] = 0.5;
            if (!training.IsImage)
                violations.Add(string.Create(CultureInfo.InvariantCulture,
                    $"Feature '{training.FeatureNames?[f] ?? $"{f}"}' is {mean[f]:R} in every training sample and cannot be scaled; leave its column out."));
        }

        if (violations.Count > 0) throw new InvalidDesignException($"Training part of data set '{training.Name}'", violations);
        return new FeatureStandardization(mean, deviation);
    }

    /// <summary>Scales samples.</summary>
    /// <param name="data">Samples with as many features as the scaling.</param>
    /// <param name="hasBias">True to append an input of 1 to each sample.</param>
    /// <returns>Inputs, row-major [sample, input].</returns>
    /// <exception cref="ArgumentException">The number of features differs.</exception>
    public double[] Apply(DataSet data, bool hasBias)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.FeatureCount != _mean.Length)
            throw new ArgumentException($"The data have {data.FeatureCount} features, the scaling {_mean.Length}.", nameof(data));
        int width = data.FeatureCount + (hasBias ? 1 : 0);
        var scaled = new double[data.SampleCount * width];
        ReadOnlySpan<double> inputs = data.Inputs.Span;
        for (int i = 0; i < data.SampleCount; i++)
        {
            for (int f = 0; f < data.FeatureCount; f++)
                scaled[i * width + f] = (inputs[i * data.FeatureCount + f] - _mean[f]) / (2 * _deviation[f]);
            if (hasBias) scaled[i * width + width - 1] = 1;
        }

        return scaled;
    }
}
