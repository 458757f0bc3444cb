namespace CircuitSim.Training.Bayesian;

/// <summary>Class probabilities averaged over draws, or chips, with the uncertainty split into what the data leave open and what the weights leave open.</summary>
/// <remarks>
/// Entropies in nats: total H[E p]; aleatoric E[H(p)]; epistemic their difference, the mutual information between label and weights
/// (Depeweg et al., ICML 2018; Houlsby et al., arXiv 1112.5745).
/// </remarks>
public sealed record PredictiveDistribution
{
    private readonly double[] _probabilities;
    private readonly double[] _aleatoric;
    private readonly double[] _total;
    private readonly int[] _classes;

    private PredictiveDistribution(int classCount, double[] probabilities, double[] aleatoric)
    {
        ClassCount = classCount;
        _probabilities = probabilities;
        _aleatoric = aleatoric;
        int samples = aleatoric.Length;
        _total = new double[samples];
        _classes = new int[samples];
        for (int i = 0; i < samples; i++)
        {
            ReadOnlySpan<double> row = Row(i);
            _total[i] = Entropy(row);
            _classes[i] = Highest(row);
        }
    }

    /// <summary>Classes.</summary>
    public int ClassCount { get; }

    /// <summary>Samples.</summary>
    public int SampleCount => _classes.Length;

    /// <summary>Mean probabilities, row-major [sample, class].</summary>
    public ReadOnlyMemory<double> Probabilities => _probabilities;

    /// <summary>Most probable class of each sample.</summary>
    public ReadOnlyMemory<int> Classes => _classes;

    /// <summary>Entropy of the mean probabilities, nats.</summary>
    public ReadOnlyMemory<double> TotalEntropy => _total;

    /// <summary>Mean entropy of the draws, nats: what would stay if the weights were known.</summary>
    public ReadOnlyMemory<double> AleatoricEntropy => _aleatoric;

    /// <summary>Total less aleatoric entropy of a sample, nats, at least 0 up to rounding: what more data would remove.</summary>
    /// <param name="sample">Index from 0.</param>
    /// <returns>Nats.</returns>
    public double EpistemicEntropy(int sample) => _total[sample] - _aleatoric[sample];

    /// <summary>Mean probabilities of one sample.</summary>
    /// <param name="sample">Index from 0.</param>
    /// <returns>One probability a class; they sum to 1.</returns>
    public ReadOnlySpan<double> Row(int sample) => _probabilities.AsSpan(sample * ClassCount, ClassCount);

    /// <summary>Averages the class probabilities of several draws.</summary>
    /// <param name="draws">Probabilities of each draw, row-major [sample, class]; at least one draw.</param>
    /// <param name="classCount">Classes, at least 2.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ArgumentException">There is no draw, or draws differ in length or hold no whole samples.</exception>
    public static PredictiveDistribution Of(IReadOnlyList<double[]> draws, int classCount)
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (draws.Count == 0 || draws.Any(d => d.Length != draws[0].Length) || draws[0].Length % classCount != 0)
            throw new ArgumentException("At least one draw is needed, all of the same samples and classes.", nameof(draws));

        int samples = draws[0].Length / classCount;
        var mean = new double[draws[0].Length];
        var aleatoric = new double[samples];
        foreach (double[] draw in draws)
        {
            for (int k = 0; k < mean.Length; k++) mean[k] += draw[k] / draws.Count;
            for (int i = 0; i < samples; i++) aleatoric[i] += Entropy(draw.AsSpan(i * classCount, classCount)) / draws.Count;
        }

        return new PredictiveDistribution(classCount, mean, aleatoric);
    }

    /// <summary>Share of samples whose most probable class is right.</summary>
    /// <param name="labels">Class of each sample.</param>
    /// <returns>Between 0 and 1.</returns>
    public double Accuracy(ReadOnlySpan<int> labels)
    {
        Require(labels.Length);
        int correct = 0;
        for (int i = 0; i < labels.Length; i++) correct += _classes[i] == labels[i] ? 1 : 0;
        return (double)correct / labels.Length;
    }

    /// <summary>Mean over samples of half the sum of absolute differences of the class probabilities: 0 for the same prediction, 1 for disjoint ones.</summary>
    /// <param name="other">Another prediction of the same samples.</param>
    /// <returns>Between 0 and 1.</returns>
    public double TotalVariation(PredictiveDistribution other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._probabilities.Length != _probabilities.Length) throw new ArgumentException("The predictions are of different samples or classes.", nameof(other));
        double sum = 0;
        for (int k = 0; k < _probabilities.Length; k++) sum += Math.Abs(_probabilities[k] - other._probabilities[k]);
        return 0.5 * sum / SampleCount;
    }

    internal void Require(int count)
    {
        if (count != SampleCount || count == 0) throw new ArgumentException($"{count} labels for {SampleCount} samples.");
    }

    private static int Highest(ReadOnlySpan<double> row)
    {
        int best = 0;
        for (int j = 1; j < row.Length; j++)
            if (row[j] > row[best]) best = j;
        return best;
    }

    private static double Entropy(ReadOnlySpan<double> probabilities)
    {
        double sum = 0;
        foreach (double p in probabilities)
            if (p > 0) sum -= p * Math.Log(p);
        return sum;
    }
}
