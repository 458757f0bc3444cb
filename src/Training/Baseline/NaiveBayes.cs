using CircuitSim.Training.Data;

namespace CircuitSim.Training.Baseline;

/// <summary>Naive Bayes on features cut at quantiles: the simplest classifier that a trained network has to beat.</summary>
/// <remarks>Each feature is one of B bins with equal shares of the training part; probabilities of bins given the class are counts plus one (Laplace), and features are taken as independent.</remarks>
public static class NaiveBayes
{
    /// <summary>Fits one part and classifies another.</summary>
    /// <param name="split">Training and test part.</param>
    /// <param name="features">Indices of the features to use, at least one.</param>
    /// <param name="binCount">Bins B, at least 2.</param>
    /// <returns>Class of each test sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A feature does not exist, or there are fewer than two bins.</exception>
    public static int[] Classify(DataSplit split, IReadOnlyList<int> features, int binCount = 8)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 2);
        DataSet training = split.Training, test = split.Test;
        int classes = training.ClassCount;
        int[] sizes = new int[classes];
        foreach (int label in training.Labels.Span) sizes[label]++;
        var scores = new double[test.SampleCount * classes];
        for (int k = 0; k < scores.Length; k++) scores[k] = Math.Log((sizes[k % classes] + 1.0) / (training.SampleCount + classes));
        foreach (int feature in features)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(feature, nameof(features));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, training.FeatureCount, nameof(features));
            double[] sorted = Column(training, feature), edges = new double[binCount - 1];
            Array.Sort(sorted);
            for (int b = 0; b < edges.Length; b++) edges[b] = sorted[(int)((b + 1L) * sorted.Length / binCount)];
            var counts = new double[classes * binCount];
            double[] column = Column(training, feature);
            for (int i = 0; i < column.Length; i++) counts[training.Labels.Span[i] * binCount + Bin(edges, column[i])]++;
            column = Column(test, feature);
            for (int i = 0; i < column.Length; i++)
            {
                int bin = Bin(edges, column[i]);
                for (int c = 0; c < classes; c++) scores[i * classes + c] += Math.Log((counts[c * binCount + bin] + 1) / (sizes[c] + binCount));
            }
        }

        return [.. Enumerable.Range(0, test.SampleCount).Select(i =>
        {
            int best = 0;
            for (int c = 1; c < classes; c++)
                if (scores[i * classes + c] > scores[i * classes + best]) best = c;
            return best;
        })];
    }

    private static double[] Column(DataSet data, int feature)
    {
        var column = new double[data.SampleCount];
        for (int i = 0; i < column.Length; i++) column[i] = data.Inputs.Span[i * data.FeatureCount + feature];
        return column;
    }

    // Index of the first edge above the value: values at an edge belong to the bin that it begins.
    private static int Bin(double[] edges, double value)
    {
        int bin = 0;
        while (bin < edges.Length && value >= edges[bin]) bin++;
        return bin;
    }
}
