using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Attribution;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Solves a network's circuit and holds it against the behavioural network, node by node and class by class.</summary>
public static class CrossChecker
{
    /// <summary>Names of the two engines in results.</summary>
    public const string BehaviouralName = "behavioural network", CircuitName = "circuit, every wire";

    private const int MostWorstNodes = 20;
    private const int MostPowerSamples = 20;

    // Share of the comparison before the ladder begins.
    private const double LadderStart = 0.2;

    /// <summary>Compares on the given samples.</summary>
    /// <param name="circuit">The circuit that is judged: a design, or a chip with its devices, lines and transistors.</param>
    /// <param name="behavioural">What the trained network says for the same samples, layer by layer.</param>
    /// <param name="inputVolts">Inputs, volts, row-major [sample, input].</param>
    /// <param name="labels">True classes, one a sample.</param>
    /// <param name="dataPart">What the samples are, for the record.</param>
    /// <param name="plan">The effects of the circuit for the attribution; null takes device equations, loading and wires.</param>
    /// <param name="progress">Receives what is being solved and the share done.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Accuracies, differences and their causes.</returns>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static CrossCheckResult Check(
        NetworkCircuit circuit,
        IReadOnlyList<LayerOperatingPoint> behavioural,
        ReadOnlyMemory<double> inputVolts,
        ReadOnlySpan<int> labels,
        string dataPart,
        AttributionPlan? plan = null,
        IProgress<(double Fraction, string Message)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(behavioural);
        int count = labels.Length;
        progress?.Report((0, "circuit, every wire"));
        NetworkSolver solver = NetworkSolver.Create(circuit, cancellationToken: cancellationToken);
        NetworkOperatingPoint full = solver.SolveBatch(inputVolts, count, cancellationToken: cancellationToken);
        AttributionResult attribution = AttributionLadder.Climb(
            plan ?? AttributionPlan.Of(circuit), behavioural, inputVolts, labels, progress is null ? null : new LadderProgress(progress), cancellationToken);

        int[] trained = Classes(behavioural[^1]), built = Classes(full.Layers[^1]);
        int correctTrained = Correct(trained, labels), correctBuilt = Correct(built, labels);
        return new CrossCheckResult
        {
            Accuracies = [Accuracy(BehaviouralName, dataPart, correctTrained, count), Accuracy(CircuitName, dataPart, correctBuilt, count)],
            AccuracyDropPercent = 100.0 * (correctTrained - correctBuilt) / count,
            Agreement = ClassAgreement.Of(trained, built, labels),
            Confusions = [Confusion(BehaviouralName, trained, labels, circuit.OutputCount), Confusion(CircuitName, built, labels, circuit.OutputCount)],
            Attribution = attribution,
            AttributionClosureVolts = SignalComparison.LargestDifference(attribution.LastRung, full.Layers),
            Layers = SignalComparison.Statistics(behavioural, full.Layers),
            WorstNodes = SignalComparison.Worst(behavioural, full.Layers, MostWorstNodes),
            Power = LayerPowers.Of(solver, full, Math.Min(MostPowerSamples, count), cancellationToken),
            Circuit = full,
            Solver = solver,
        };
    }

    /// <summary>Accuracy with its exact 95 % interval.</summary>
    /// <param name="name">Engine or model.</param>
    /// <param name="dataPart">What the samples are.</param>
    /// <param name="correct">Samples classified as labelled.</param>
    /// <param name="count">Samples.</param>
    /// <returns>The entry.</returns>
    public static ModelAccuracy Accuracy(string name, string dataPart, int correct, int count)
    {
        (double lower, double upper) = ExactInterval.Share(correct, count);
        return new ModelAccuracy
        {
            Name = name,
            DataPart = dataPart,
            CorrectCount = correct,
            SampleCount = count,
            Percent = 100.0 * correct / count,
            Lower95Percent = 100 * lower,
            Upper95Percent = 100 * upper,
        };
    }

    /// <summary>Class of each sample: the neuron of the last layer whose first inverter's output is highest.</summary>
    /// <param name="last">Voltages of the last layer.</param>
    /// <returns>Class index from 0, one a sample.</returns>
    public static int[] Classes(LayerOperatingPoint last)
    {
        ArgumentNullException.ThrowIfNull(last);
        ReadOnlySpan<double> volts = last.InvertedVolts.Span;
        var classes = new int[volts.Length / last.NeuronCount];
        for (int s = 0; s < classes.Length; s++)
        {
            ReadOnlySpan<double> sample = volts.Slice(s * last.NeuronCount, last.NeuronCount);
            for (int j = 1; j < sample.Length; j++)
                if (sample[j] > sample[classes[s]]) classes[s] = j;
        }

        return classes;
    }

    private static int Correct(int[] classes, ReadOnlySpan<int> labels)
    {
        int correct = 0;
        for (int i = 0; i < classes.Length; i++) correct += classes[i] == labels[i] ? 1 : 0;
        return correct;
    }

    internal static ClassConfusion Confusion(string name, int[] classes, ReadOnlySpan<int> labels, int classCount)
    {
        int[][] counts = [.. Enumerable.Range(0, classCount).Select(_ => new int[classCount])];
        for (int i = 0; i < classes.Length; i++) counts[labels[i]][classes[i]]++;
        return new ClassConfusion { EngineName = name, Counts = counts };
    }

    private sealed class LadderProgress(IProgress<(double Fraction, string Message)> progress) : IProgress<(double Fraction, string Message)>
    {
        public void Report((double Fraction, string Message) value) => progress.Report((LadderStart + (1 - LadderStart) * value.Fraction, value.Message));
    }
}
