using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Training.Data;

/// <summary>A data set divided into a training part and a test part that never meet.</summary>
public sealed record DataSplit
{
    /// <summary>Creates a split from two parts of the same task, for example a published one.</summary>
    /// <param name="training">Training part.</param>
    /// <param name="test">Test part.</param>
    /// <param name="trainingIndices">Where each training sample stood in the whole set; empty when there is no whole set.</param>
    /// <param name="testIndices">Where each test sample stood in the whole set; empty when there is no whole set.</param>
    /// <exception cref="InvalidDesignException">A part is empty, or features or classes differ.</exception>
    public DataSplit(DataSet training, DataSet test, IReadOnlyList<int>? trainingIndices = null, IReadOnlyList<int>? testIndices = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        var violations = new List<string>();
        if (training.SampleCount == 0) violations.Add("The training part is empty; choose a larger training fraction.");
        if (test.SampleCount == 0) violations.Add("The test part is empty; choose a smaller training fraction.");
        if (training.FeatureCount != test.FeatureCount || training.ClassCount != test.ClassCount)
            violations.Add($"Training part: {training.FeatureCount} features, {training.ClassCount} classes; test part: {test.FeatureCount} and {test.ClassCount}.");
        if (violations.Count > 0) throw new InvalidDesignException($"Split of data set '{training.Name}'", violations);

        Training = training;
        Test = test;
        TrainingIndices = trainingIndices ?? [];
        TestIndices = testIndices ?? [];
    }

    /// <summary>Samples to learn from.</summary>
    public DataSet Training { get; }

    /// <summary>Samples to judge with.</summary>
    public DataSet Test { get; }

    /// <summary>Where each training sample stood in the whole set, in random order; empty when the parts came as two sets.</summary>
    public IReadOnlyList<int> TrainingIndices { get; }

    /// <summary>Where each test sample stood in the whole set, in random order; empty when the parts came as two sets.</summary>
    public IReadOnlyList<int> TestIndices { get; }

    /// <summary>Draws a split.</summary>
    /// <param name="data">The whole set.</param>
    /// <param name="trainFraction">Fraction for training.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="kind">Whether classes keep their proportion.</param>
    /// <returns>The split.</returns>
    internal static DataSplit Create(DataSet data, double trainFraction, ulong seed, SplitKind kind)
    {
        if (!(trainFraction > 0 && trainFraction < 1))
        {
            throw new InvalidDesignException($"Split of data set '{data.Name}'",
                [string.Create(CultureInfo.InvariantCulture, $"Training fraction is {trainFraction:R}; it must lie between 0 and 1, both excluded.")]);
        }

        var order = new int[data.SampleCount];
        new CounterRandom(seed, "data split").Permutation(order);
        int total = (int)Math.Round(trainFraction * order.Length, MidpointRounding.AwayFromZero);
        int[] quota = kind == SplitKind.Stratified ? Quotas(data, trainFraction, total) : [];
        var training = new List<int>(total);
        var test = new List<int>(order.Length - total);
        ReadOnlySpan<int> labels = data.Labels.Span;
        foreach (int sample in order)
        {
            bool isTraining = kind == SplitKind.Stratified ? quota[labels[sample]]-- > 0 : training.Count < total;
            (isTraining ? training : test).Add(sample);
        }

        return new DataSplit(data.Take(training.ToArray()), data.Take(test.ToArray()), training, test);
    }

    // Largest remainders: every class gets its share rounded down, the classes with the largest fractions get what is left.
    private static int[] Quotas(DataSet data, double trainFraction, int total)
    {
        var counts = new int[data.ClassCount];
        foreach (int label in data.Labels.Span) counts[label]++;
        int[] quotas = [.. counts.Select(c => (int)Math.Floor(trainFraction * c))];
        IEnumerable<int> byRemainder = Enumerable.Range(0, counts.Length)
            .OrderByDescending(c => trainFraction * counts[c] - quotas[c])
            .Where(c => quotas[c] < counts[c]);
        foreach (int c in byRemainder.Take(Math.Max(0, total - quotas.Sum())).ToArray()) quotas[c]++;
        return quotas;
    }
}
