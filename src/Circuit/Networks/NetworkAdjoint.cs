using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Networks;

/// <summary>Exact derivatives of a loss to every device, wire and input of an inverter network, through wires, inverters and their loading.</summary>
/// <remarks>
/// Backwards through the layers: with the loss per output volt a, the outputs' equations F = I − Y v give multipliers μ from
/// (dF/dv)ᵀ μ = a and the loss per gate volt −μ·∂I/∂g. Each crossbar then costs one solve of its nodes and one of its adjoint,
/// whose sources stand at −μ, because Y depends on the devices too. Thread-safe: scratch memory belongs to each call.
/// </remarks>
public sealed class NetworkAdjoint
{
    // Samples are summed in two fixed halves, so that two threads can share them without changing the sum.
    private const int Shares = 2;

    private readonly NetworkSolver _solver;
    private readonly NetworkSolverOptions _options;

    private NetworkAdjoint(NetworkSolver solver, NetworkSolverOptions options) => (_solver, _options) = (solver, options);

    /// <summary>Prepares derivatives for the network that a solver solves.</summary>
    /// <param name="solver">The solver whose operating points will be differentiated.</param>
    /// <returns>An engine that is ready for any operating point of that solver.</returns>
    public static NetworkAdjoint Create(NetworkSolver solver)
    {
        ArgumentNullException.ThrowIfNull(solver);
        return new NetworkAdjoint(solver, solver.Options);
    }

    /// <summary>Derivatives of a loss, summed over all samples of a batch.</summary>
    /// <param name="point">A result of the solver.</param>
    /// <param name="perInvertedVolt">Loss per volt of the last layer's first inverters, row-major [sample, output]; empty means zeros.</param>
    /// <param name="perRestoredVolt">Loss per volt of the last layer's second inverters, row-major [sample, output]; empty means zeros.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Derivatives to devices, wires and inputs.</returns>
    /// <exception cref="ArgumentException">A length is not samples times outputs.</exception>
    /// <exception cref="ConvergenceException">A crossbar solve did not meet its tolerance.</exception>
    public NetworkGradient Gradient(
        NetworkOperatingPoint point, ReadOnlyMemory<double> perInvertedVolt, ReadOnlyMemory<double> perRestoredVolt = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(point);
        CheckLength(perInvertedVolt.Length, point, nameof(perInvertedVolt));
        CheckLength(perRestoredVolt.Length, point, nameof(perRestoredVolt));
        var perSource = new double[point.SampleCount * 2 * _solver.Circuit.InputCount];
        var sums = new CrossbarGradientSum[Shares][];
        InShares(share =>
        {
            var worker = new AdjointWorker(_solver, _options);
            for (int sample = share; sample < point.SampleCount; sample += Shares)
            {
                cancellationToken.ThrowIfCancellationRequested();
                worker.Accumulate(point, sample, perInvertedVolt.Span, perRestoredVolt.Span, perSource);
            }

            sums[share] = worker.Sums;
        }, cancellationToken);

        for (int layer = 0; layer < sums[0].Length; layer++) sums[0][layer].Add(sums[1][layer]);
        return new NetworkGradient
        {
            Layers = [.. sums[0].Select(sum => sum.ToGradient())],
            PerInputSourceVolt = perSource,
            PerInputVolt = PairDifferences(perSource),
        };
    }

    /// <summary>How strongly a loss follows every device, line and gate, as means of absolute derivatives over the samples of a batch.</summary>
    /// <param name="point">A result of the solver.</param>
    /// <param name="perInvertedVolt">Loss per volt of the last layer's first inverters, row-major [sample, output]; empty means zeros.</param>
    /// <param name="perRestoredVolt">Loss per volt of the last layer's second inverters, row-major [sample, output]; empty means zeros.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One entry a layer.</returns>
    /// <exception cref="ArgumentException">A length is not samples times outputs.</exception>
    /// <exception cref="ConvergenceException">A crossbar solve did not meet its tolerance.</exception>
    public IReadOnlyList<CrossbarSensitivity> Sensitivity(
        NetworkOperatingPoint point, ReadOnlyMemory<double> perInvertedVolt, ReadOnlyMemory<double> perRestoredVolt = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(point);
        CheckLength(perInvertedVolt.Length, point, nameof(perInvertedVolt));
        CheckLength(perRestoredVolt.Length, point, nameof(perRestoredVolt));
        var perSource = new double[point.SampleCount * 2 * _solver.Circuit.InputCount];
        var sums = new SensitivitySum[Shares][];
        InShares(share =>
        {
            var worker = new AdjointWorker(_solver, _options, keepsLines: true);
            sums[share] = [.. _solver.Circuit.Layers.Select(layer => new SensitivitySum(layer.Crossbar))];
            for (int sample = share; sample < point.SampleCount; sample += Shares)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (CrossbarGradientSum sum in worker.Sums) sum.Clear();
                worker.Accumulate(point, sample, perInvertedVolt.Span, perRestoredVolt.Span, perSource);
                for (int layer = 0; layer < worker.Sums.Length; layer++) sums[share][layer].Add(worker.Sums[layer], worker.PerGate[layer]);
            }
        }, cancellationToken);

        for (int layer = 0; layer < sums[0].Length; layer++) sums[0][layer].Add(sums[1][layer]);
        return [.. sums[0].Select(sum => sum.Mean(point.SampleCount))];
    }

    private void InShares(Action<int> sumShare, CancellationToken cancellationToken)
    {
        var settings = new ParallelOptions { MaxDegreeOfParallelism = _options.ThreadCount, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, Shares, settings, sumShare);
        }
        catch (AggregateException all)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }
    }

    private void CheckLength(int length, NetworkOperatingPoint point, string name)
    {
        int expected = point.SampleCount * _solver.Circuit.OutputCount;
        if (length != 0 && length != expected) throw new ArgumentException($"{length} numbers; {expected} or none are needed.", name);
    }

    private static double[] PairDifferences(double[] perSource)
    {
        var perInput = new double[perSource.Length / 2];
        for (int k = 0; k < perInput.Length; k++) perInput[k] = perSource[2 * k] - perSource[2 * k + 1];
        return perInput;
    }
}
