using CircuitSim.Circuit.Errors;
using CircuitSim.Training.Baseline;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Bayesian;

/// <summary>A network whose weights are a posterior distribution, held as draws.</summary>
/// <remarks>
/// Fully connected, tanh hidden layers, softmax output, normal priors on weights and biases. Parameters of a layer are its weights,
/// row-major [input, neuron], then one bias a neuron; layers follow each other. Immutable; predictions are thread-safe.
/// </remarks>
public sealed class BayesianNetwork
{
    private const int EvaluationPiece = 128, MostNumbers = 1 << 28;

    internal BayesianNetwork(IReadOnlyList<int> layerSizes, PosteriorSample posterior)
    {
        LayerSizes = layerSizes;
        Posterior = posterior;
    }

    /// <summary>Inputs, then neurons of each layer.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    /// <summary>The draws, with diagnostics.</summary>
    public PosteriorSample Posterior { get; }

    /// <summary>Samples the posterior given labelled inputs.</summary>
    /// <param name="layerSizes">Inputs, then neurons of each layer; the last are the classes.</param>
    /// <param name="inputs">Inputs, row-major [sample, input], best scaled to about −1 to 1.</param>
    /// <param name="labels">Class of each sample, 0 to classes − 1.</param>
    /// <param name="options">Prior and sampler.</param>
    /// <param name="progress">Told the share of all draws that are done, 0 to 1, from any thread.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The network.</returns>
    /// <exception cref="InvalidDesignException">Shape, data and prior do not fit each other; all violations are listed.</exception>
    /// <exception cref="SamplingException">The posterior cannot be sampled, or weights of it are beyond <see cref="TrainingDivergedException.LargestWeight"/>.</exception>
    public static BayesianNetwork Sample(
        IReadOnlyList<int> layerSizes, ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, BayesianNetworkOptions options,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(layerSizes);
        ArgumentNullException.ThrowIfNull(options);
        Check(layerSizes, inputs, labels, options);
        int[] sizes = [.. layerSizes];
        double[] x = inputs.ToArray();
        int[] y = labels.ToArray();
        var network = new BayesianNetwork(sizes,
            NutsSampler.Sample(() => new NetworkPosterior(sizes, x, y, options.PriorDeviation), options.Sampler, progress, cancellationToken));
        for (int d = 0; d < network.Posterior.DrawCount; d++)
        {
            foreach (double weight in network.Draw(d))
            {
                if (Math.Abs(weight) <= TrainingDivergedException.LargestWeight) continue;
                throw new SamplingException(FormattableString.Invariant(
                    $"Draw {d + 1} has a weight of {weight:G6}, beyond ±{TrainingDivergedException.LargestWeight:G}: a prior of standard deviation {options.PriorDeviation:R} does not hold the posterior. Choose a narrower one, such as 1."));
            }
        }

        return network;
    }

    /// <summary>What the network says of inputs: every draw's class probabilities, averaged, with their disagreement.</summary>
    /// <param name="inputs">Inputs, row-major [sample, input].</param>
    /// <param name="drawCount">Draws to use, spread evenly over all chains; null uses every one.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More draws are asked for than there are, or fewer than 1.</exception>
    /// <exception cref="ArgumentException">The inputs do not fit the network.</exception>
    public PredictiveDistribution Predict(ReadOnlySpan<double> inputs, int? drawCount = null)
    {
        int used = drawCount ?? Posterior.DrawCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(used, 1, nameof(drawCount));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(used, Posterior.DrawCount, nameof(drawCount));
        double[][] draws = [.. Enumerable.Range(0, used).Select(d => Draw(DrawOf(d, used)).ToArray())];
        return PredictiveDistribution.Of(Probabilities(LayerSizes, draws, inputs), LayerSizes[^1]);
    }

    /// <summary>Class probabilities of several networks of one shape: draws of a posterior, or what was programmed of them.</summary>
    /// <param name="layerSizes">Inputs, then neurons of each layer.</param>
    /// <param name="networks">Parameters of each network, in the order of <see cref="BayesianNetwork"/>.</param>
    /// <param name="inputs">Inputs, row-major [sample, input].</param>
    /// <returns>Probabilities of each network, row-major [sample, class].</returns>
    /// <exception cref="ArgumentException">Parameters or inputs do not fit the shape.</exception>
    public static IReadOnlyList<double[]> Probabilities(IReadOnlyList<int> layerSizes, IReadOnlyList<double[]> networks, ReadOnlySpan<double> inputs)
    {
        ArgumentNullException.ThrowIfNull(layerSizes);
        ArgumentNullException.ThrowIfNull(networks);
        int parameters = DenseModel.ParameterCount(layerSizes);
        if (networks.Any(n => n.Length != parameters)) throw new ArgumentException($"A network of layers {string.Join(", ", layerSizes)} has {parameters} parameters.", nameof(networks));
        if (inputs.Length % layerSizes[0] != 0) throw new ArgumentException($"{inputs.Length} numbers are no whole samples of {layerSizes[0]} inputs.", nameof(inputs));

        double[] x = inputs.ToArray();
        int samples = x.Length / layerSizes[0], classes = layerSizes[^1];
        var probabilities = new double[networks.Count][];
        ParallelWork.For(networks.Count, new ParallelOptions(), () => new DenseModel(layerSizes, EvaluationPiece), (d, model) =>
        {
            networks[d].CopyTo(model.Parameters);
            probabilities[d] = new double[samples * classes];
            model.Probabilities(x, probabilities[d]);
        });
        return probabilities;
    }

    /// <summary>Which draw is the k-th of several that are spread evenly over all chains.</summary>
    /// <param name="index">Index k from 0.</param>
    /// <param name="count">Draws wanted, at most the posterior's.</param>
    /// <returns>Index of the draw.</returns>
    public int DrawOf(int index, int count) => (int)((long)index * Posterior.DrawCount / count);

    /// <summary>Parameters of one draw, counted through all chains.</summary>
    /// <param name="draw">Index from 0 to the posterior's count of draws − 1.</param>
    /// <returns>The parameters.</returns>
    public ReadOnlySpan<double> Draw(int draw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(draw, Posterior.DrawCount);
        int perChain = Posterior.Chains[0].Draws.Length;
        return Posterior.Chains[draw / perChain].Draw(draw % perChain);
    }

    private static void Check(IReadOnlyList<int> sizes, ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, BayesianNetworkOptions options)
    {
        var violations = new List<string>();
        if (sizes.Count < 2 || sizes.Any(s => s < 1) || sizes[^1] < 2)
            violations.Add($"Layer sizes are {string.Join(", ", sizes)}; inputs, any hidden layers, and at least two classes are needed.");
        else if (labels.Length == 0 || inputs.Length != (long)labels.Length * sizes[0])
            violations.Add($"{inputs.Length} inputs for {labels.Length} labels and {sizes[0]} inputs a sample.");
        else
        {
            foreach (int label in labels)
            {
                if (label >= 0 && label < sizes[^1]) continue;
                violations.Add($"Label {label} names no class; classes are 0 to {sizes[^1] - 1}.");
                break;
            }
        }

        LayerLimits.Check(sizes, violations);
        double numbers = (double)options.Sampler.ChainCount * options.Sampler.DrawCount * Enumerable.Range(1, Math.Max(sizes.Count - 1, 0)).Sum(l => (sizes[l - 1] + 1.0) * sizes[l]);
        if (numbers > MostNumbers) violations.Add(FormattableString.Invariant($"{options.Sampler.ChainCount} chains of {options.Sampler.DrawCount} draws hold {numbers:G3} numbers; at most {MostNumbers} are supported."));
        if (!(options.PriorDeviation > 0) || !double.IsFinite(options.PriorDeviation))
            violations.Add(FormattableString.Invariant($"The prior's standard deviation is {options.PriorDeviation:R}; it is a positive number."));
        if (violations.Count > 0) throw new InvalidDesignException("Bayesian network", violations);
    }
}
