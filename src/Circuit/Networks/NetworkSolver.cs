using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>Solves the DC state of an inverter network exactly: every wire segment, and every inverter loaded by the crossbar it drives.</summary>
/// <remarks>
/// Gates draw no DC current, so layers follow one another: gate volts are the crossbar's transfer matrix times its sources,
/// and the outputs come from Newton iterations against the dense port admittance of the next crossbar. The last layer's
/// inverters drive nothing. Thread-safe: scratch memory belongs to each call.
/// </remarks>
public sealed class NetworkSolver
{
    // Samples that one thread takes at a time. A sample's result depends on no other sample.
    private const int BlockLength = 4 * DensePanel.Width;

    private readonly TransferMatrix[] _transfers;
    private readonly NetworkSolverOptions _options;
    private readonly Lazy<BatchLayer[]> _batchLayers;

    private NetworkSolver(NetworkCircuit circuit, NetworkSolverOptions options, TransferMatrix[] transfers)
    {
        Circuit = circuit;
        _options = options;
        _transfers = transfers;
        _batchLayers = new Lazy<BatchLayer[]>(
            () => [.. transfers.Select((_, layer) => new BatchLayer(circuit, transfers, layer, options.IgnoresLoading))]);
    }

    /// <summary>The network that is solved.</summary>
    public NetworkCircuit Circuit { get; }

    /// <summary>Port matrices of each layer's crossbar; the first layer's has no source admittance, because its sources are ideal.</summary>
    public IReadOnlyList<TransferMatrix> Transfers => _transfers;

    internal NetworkSolverOptions Options => _options;

    /// <summary>Reduces every crossbar of a network to its ports.</summary>
    /// <param name="circuit">The network.</param>
    /// <param name="options">Tolerances, threads, and whether loading counts.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>A solver that is ready for any inputs.</returns>
    /// <exception cref="TopologyException">A bit line has no device, so that its gate floats.</exception>
    public static NetworkSolver Create(NetworkCircuit circuit, NetworkSolverOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        options ??= new NetworkSolverOptions();
        options.Check();
        var transfers = new TransferMatrix[circuit.Layers.Count];
        for (int layer = 0; layer < transfers.Length; layer++)
            transfers[layer] = TransferMatrix.Compute(
                circuit.Layers[layer].Crossbar, options.ForCrossbar(hasSourceAdmittance: layer > 0 && !options.IgnoresLoading), cancellationToken);
        return new NetworkSolver(circuit, options, transfers);
    }

    /// <summary>Solves one sample.</summary>
    /// <param name="inputVolts">Inputs x, volts, length N; word line 2k is driven at +x and 2k + 1 at −x.</param>
    /// <returns>Voltages of all gates and outputs.</returns>
    /// <exception cref="ArgumentException">The length is not N, or a voltage is not finite.</exception>
    /// <exception cref="ConvergenceException">The inverters of a layer did not settle.</exception>
    public NetworkOperatingPoint Solve(ReadOnlySpan<double> inputVolts) => SolveBatch(inputVolts.ToArray(), 1);

    /// <summary>Solves one sample whose first word lines have sources of their own instead of ±x pairs.</summary>
    /// <param name="sourceVolts">Sources of the first layer's word lines without the bias pair, volts, length 2N.</param>
    /// <returns>Voltages of all gates and outputs.</returns>
    /// <exception cref="ArgumentException">The length is not 2N, or a voltage is not finite.</exception>
    /// <exception cref="ConvergenceException">The inverters of a layer did not settle.</exception>
    public NetworkOperatingPoint SolveDriven(ReadOnlySpan<double> sourceVolts)
    {
        CheckVolts(sourceVolts, 2 * Circuit.InputCount, nameof(sourceVolts));
        return SolveSources(new NetworkBatch(Circuit, 1, sourceVolts.ToArray(), hasPairedInputs: false), 1, null, default);
    }

    /// <summary>Solves many samples on <see cref="NetworkSolverOptions.ThreadCount"/> threads; a sample's result depends on nothing but its inputs.</summary>
    /// <param name="inputVolts">Inputs, volts, row-major [sample, input].</param>
    /// <param name="sampleCount">Samples, at least 1.</param>
    /// <param name="progress">Receives the number of samples done.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Voltages of all gates and outputs.</returns>
    /// <exception cref="ArgumentException">The length is not samples times inputs, or a voltage is not finite.</exception>
    /// <exception cref="ConvergenceException">The inverters of a layer did not settle for a sample.</exception>
    public NetworkOperatingPoint SolveBatch(
        ReadOnlyMemory<double> inputVolts, int sampleCount, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleCount, 1);
        CheckVolts(inputVolts.Span, (long)sampleCount * Circuit.InputCount, nameof(inputVolts));
        return SolveSources(new NetworkBatch(Circuit, sampleCount, inputVolts, hasPairedInputs: true), sampleCount, progress, cancellationToken);
    }

    /// <summary>Sources of one layer's word lines for one solved sample, bias pair last: what drives its crossbar.</summary>
    /// <param name="point">A result of this solver.</param>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="sample">Sample index from 0.</param>
    /// <returns>Volts, one a word line.</returns>
    public double[] WordLineSourceVolts(NetworkOperatingPoint point, int layer, int sample)
    {
        CheckPlace(point, layer, sample);
        return NetworkSources.OfLayer(Circuit, point, layer, sample);
    }

    /// <summary>Solves every node of one layer's crossbar for one solved sample: word lines, bit lines and source currents.</summary>
    /// <param name="point">A result of this solver.</param>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="sample">Sample index from 0.</param>
    /// <returns>The crossbar's state with all node voltages.</returns>
    /// <exception cref="ConvergenceException">The crossbar solve did not meet its tolerance.</exception>
    public CrossbarOperatingPoint SolveCrossbar(NetworkOperatingPoint point, int layer, int sample) =>
        CrossbarSolver.Factorize(Circuit.Layers[layer].Crossbar).Solve(WordLineSourceVolts(point, layer, sample), hasNodeVolts: true);

    // Preparing whole vectors costs more than solving one sample of a small network.
    private bool IsSmall(int sampleCount) => sampleCount == 1 && Circuit.Layers.Max(layer => layer.NeuronCount) <= 32;

    private INetworkWorker CreateWorker(int sampleCount)
    {
        var careful = new NetworkWorker(Circuit, _transfers, _options);
        if (IsSmall(sampleCount)) return careful;
        if (DenseLanes512.IsSupported) return new BatchWorker<DenseLanes512>(Circuit, _batchLayers.Value, careful, _options);
        if (DenseLanes256.IsSupported) return new BatchWorker<DenseLanes256>(Circuit, _batchLayers.Value, careful, _options);
        return careful;
    }

    private NetworkOperatingPoint SolveSources(NetworkBatch batch, int sampleCount, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        int blocks = (sampleCount + BlockLength - 1) / BlockLength;
        int done = 0, iterations = 0;
        var gate = new Lock();
        var settings = new ParallelOptions { MaxDegreeOfParallelism = _options.ThreadCount, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, blocks, settings, () => CreateWorker(sampleCount), SolveBlock, _ => { });
        }
        catch (AggregateException all)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }

        return batch.ToOperatingPoint(iterations);

        INetworkWorker SolveBlock(int block, ParallelLoopState state, INetworkWorker worker)
        {
            int first = block * BlockLength, count = Math.Min(BlockLength, sampleCount - first);
            int most = worker.Solve(batch, first, count);
            lock (gate)
            {
                iterations = Math.Max(iterations, most);
                done += count;
                progress?.Report(done);
            }

            return worker;
        }
    }

    private void CheckPlace(NetworkOperatingPoint point, int layer, int sample)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, Circuit.Layers.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, point.SampleCount);
    }

    private static void CheckVolts(ReadOnlySpan<double> volts, long expected, string name)
    {
        if (volts.Length != expected) throw new ArgumentException($"{volts.Length} voltages; {expected} are needed.", name);
        int wrong = DenseKernels.IndexOfNotFinite(volts);
        if (wrong >= 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Entry {wrong} is {volts[wrong]:R} V; a voltage is finite."), name);
    }
}
