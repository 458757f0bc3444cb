using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.Training.Bayesian;

namespace CircuitSim.Training.ExSitu;

/// <summary>K draws of a posterior as targets of K crossbars a layer, two devices a weight. Immutable; thread-safe.</summary>
/// <remarks>
/// Draws are spread evenly over all chains; each layer has one scale for all its crossbars, so that their read-outs are alike. With
/// <see cref="PosteriorMatching.Moments"/> a weight w of a draw is programmed as µ + s·(w − µ), with µ the mean of that weight in the draw's chain and s the share, at
/// most 1, at which the variance of what is read, over the chain's draws and the programming of each, is that of the posterior; where programming alone spreads wider
/// than the posterior, s is 0. Moments are those of one chain because hidden neurons may change places between chains. The spread of programming is independent from
/// device to device: correlations between weights shrink with the part of the variance that it replaces.
/// </remarks>
public sealed class PosteriorTransfer
{
    // Levels make the variance a staircase of the share, in which a thousandth of it is fine enough.
    private const int ShareHalvings = 10;

    private readonly WeightPairs[][] _crossbars;
    private readonly PairTransfer _pairs;

    private PosteriorTransfer(BayesianNetwork network, PairTransfer pairs, WeightPairs[][] crossbars) =>
        (LayerSizes, _pairs, _crossbars) = (network.LayerSizes, pairs, crossbars);

    /// <summary>Inputs, then neurons of each layer.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    /// <summary>Number K of crossbars a layer.</summary>
    public int CrossbarCount => _crossbars.Length;

    /// <summary>Devices of all crossbars.</summary>
    public int DeviceCount => _crossbars.Sum(c => c.Sum(l => l.DeviceCount));

    /// <summary>Pulses that programming takes on average, all crossbars together.</summary>
    public double ExpectedPulses => _crossbars.Sum(c => c.Sum(l => l.ExpectedPulses));

    /// <summary>Weights beyond the largest difference that a pair can have.</summary>
    public int SaturatedCount => _crossbars.Sum(c => c.Sum(l => l.SaturatedCount));

    /// <summary>Share of the weights whose programming spread exceeds their posterior spread, 0 without matching.</summary>
    public double TooWideShare { get; private init; }

    /// <summary>Targets of one array: rows are the inputs of the layer and the bias last, two bit lines a neuron.</summary>
    /// <param name="crossbar">Index from 0 to <see cref="CrossbarCount"/> − 1.</param>
    /// <param name="layer">Layer index from 0.</param>
    /// <returns>The pairs.</returns>
    public WeightPairs Pairs(int crossbar, int layer) => _crossbars[crossbar][layer];

    /// <summary>Plans a transfer.</summary>
    /// <param name="network">The posterior.</param>
    /// <param name="crossbarCount">K, from 1 to the number of draws.</param>
    /// <param name="pairs">How weights become levels.</param>
    /// <param name="matching">What to do about the spread of programming.</param>
    /// <returns>The transfer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many draws.</exception>
    public static PosteriorTransfer Create(BayesianNetwork network, int crossbarCount, PairTransfer pairs, PosteriorMatching matching)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfLessThan(crossbarCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(crossbarCount, network.Posterior.DrawCount);
        int layers = network.LayerSizes.Count - 1, dimension = network.Posterior.Dimension, perChain = network.Posterior.Chains[0].Draws.Length;
        double[][] draws = [.. Enumerable.Range(0, crossbarCount).Select(k => network.Draw(network.DrawOf(k, crossbarCount)).ToArray())];
        int[] offsets = Offsets(network.LayerSizes);
        var scales = new double[layers];
        for (int l = 0; l < layers; l++) scales[l] = pairs.Scale([.. draws.SelectMany(d => d[offsets[l]..offsets[l + 1]])]);

        int tooWide = 0;
        if (matching == PosteriorMatching.Moments)
        {
            var shares = new (double Mean, double Share)[network.Posterior.Chains.Count][];
            for (int k = 0; k < draws.Length; k++)
            {
                int chain = network.DrawOf(k, crossbarCount) / perChain;
                (double Mean, double Share)[] of = shares[chain] ??= Shares(network.Posterior.Chains[chain], pairs, offsets, scales);
                for (int i = 0; i < dimension; i++)
                {
                    if (of[i].Share == 0) tooWide++;
                    draws[k][i] = of[i].Mean + of[i].Share * (draws[k][i] - of[i].Mean);
                }
            }
        }

        WeightPairs[][] crossbars = [.. draws.Select(d => Enumerable.Range(0, layers).Select(l => pairs.Place(d.AsSpan(offsets[l]..offsets[l + 1]), scales[l])).ToArray())];
        return new PosteriorTransfer(network, pairs, crossbars) { TooWideShare = (double)tooWide / ((long)dimension * crossbarCount) };
    }

    /// <summary>Programs one chip.</summary>
    /// <param name="seed">Seed of the chip.</param>
    /// <returns>Conductances of every array, siemens, [crossbar][layer], in the order of <see cref="WeightPairs.TargetSiemens"/>, and the pulses that they took.</returns>
    public (double[][][] Siemens, long Pulses) Program(ulong seed)
    {
        var siemens = new double[CrossbarCount][][];
        long pulses = 0;
        for (int k = 0; k < siemens.Length; k++)
        {
            siemens[k] = new double[LayerSizes.Count - 1][];
            for (int l = 0; l < siemens[k].Length; l++)
            {
                siemens[k][l] = new double[Pairs(k, l).DeviceCount];
                pulses += ArrayProgrammer.Program(_pairs.Levels.Card, _pairs.Levels.Programming, Pairs(k, l).TargetSiemens.Span, seed, FormattableString.Invariant($"crossbar {k + 1} of layer {l + 1}"), siemens[k][l]).Pulses;
            }
        }

        return (siemens, pulses);
    }

    private static int[] Offsets(IReadOnlyList<int> sizes)
    {
        var offsets = new int[sizes.Count];
        for (int l = 1; l < sizes.Count; l++) offsets[l] = offsets[l - 1] + (sizes[l - 1] + 1) * sizes[l];
        return offsets;
    }

    private static (double Mean, double Share)[] Shares(ChainTrace chain, PairTransfer pairs, int[] offsets, double[] scales)
    {
        var shares = new (double Mean, double Share)[chain.Dimension];
        for (int l = 0; l < scales.Length; l++)
            for (int i = offsets[l]; i < offsets[l + 1]; i++)
            {
                double[] weights = chain.Parameter(i);
                double mean = weights.Average(), wanted = Variance(weights, mean), scale = scales[l];
                shares[i] = (mean, Read(0) >= wanted ? 0 : Read(1) <= wanted ? 1 : Halved());

                double Halved()
                {
                    (double low, double high) = (0, 1);
                    for (int k = 0; k < ShareHalvings; k++)
                    {
                        double middle = 0.5 * (low + high);
                        (low, high) = Read(middle) > wanted ? (low, middle) : (middle, high);
                    }

                    return 0.5 * (low + high);
                }

                // Variance of the weight that is read: of its law's means over the draws, and of its laws.
                double Read(double share)
                {
                    (double Mean, double Deviation)[] laws = [.. weights.Select(w => pairs.Law(mean + share * (w - mean), scale))];
                    return Variance(laws.Select(law => law.Mean), laws.Average(law => law.Mean)) + laws.Average(law => law.Deviation * law.Deviation);
                }
            }

        return shares;
    }

    private static double Variance(IEnumerable<double> values, double mean) => values.Average(v => (v - mean) * (v - mean));
}
