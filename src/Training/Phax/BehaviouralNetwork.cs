using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Networks;
using CircuitSim.Training.Losses;

namespace CircuitSim.Training.Phax;

/// <summary>A trained network as its behavioural model: ideal wires, exact conductances, neurons given by a curve.</summary>
/// <remarks>Owns scratch memory and is not thread-safe; make one a thread.</remarks>
public sealed class BehaviouralNetwork
{
    private const int Piece = 128;

    private readonly PhaxModel _model;

    private BehaviouralNetwork(PhaxModel model) => _model = model;

    /// <summary>Inputs a sample.</summary>
    public int InputCount => _model.InputCount;

    /// <summary>Neurons of the last layer: classes.</summary>
    public int OutputCount => _model.OutputCount;

    /// <summary>Prepares a network for evaluation.</summary>
    /// <param name="network">θ of every device.</param>
    /// <param name="curves">Neuron curve of each layer, at the network's supply.</param>
    /// <returns>The evaluator.</returns>
    /// <exception cref="InvalidDesignException">The number of curves or a supply does not fit the network.</exception>
    public static BehaviouralNetwork Create(TrainedNetwork network, IReadOnlyList<INeuronCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(curves);
        var violations = new List<string>();
        if (curves.Count != network.Layers.Count) violations.Add($"{curves.Count} neuron curves for {network.Layers.Count} layers; one a layer is needed.");
        if (curves.Any(c => c.SupplyVolts != network.SupplyVolts)) violations.Add("A neuron curve has another supply than the network; characterise it again.");
        if (violations.Count > 0) throw new InvalidDesignException("Behavioural network", violations);

        int[] sizes = [network.Layers[0].InputCount, .. network.Layers.Select(l => l.OutputCount)];
        var model = new PhaxModel(sizes, network.ConductanceRatio, curves, LossKind.CrossEntropy, Piece);
        int offset = 0;
        foreach (TrainedLayer layer in network.Layers)
        {
            layer.Theta.Span.CopyTo(model.Parameters[offset..]);
            offset += layer.Theta.Length;
        }

        model.Refresh();
        return new BehaviouralNetwork(model);
    }

    /// <summary>Voltages of every neuron, log-odds and classes for a batch of samples.</summary>
    /// <param name="inputVolts">Voltages of the positive input lines, volts, row-major [sample, input].</param>
    /// <param name="sampleCount">Samples.</param>
    /// <returns>The voltages.</returns>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public BehaviouralResult Evaluate(ReadOnlySpan<double> inputVolts, int sampleCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sampleCount);
        if (inputVolts.Length != (long)sampleCount * InputCount)
            throw new ArgumentException($"{inputVolts.Length} voltages for {sampleCount} samples of {InputCount} inputs.", nameof(inputVolts));

        int layerCount = _model.Layers.Count;
        double[][] gates = Empty(sampleCount), inverted = Empty(sampleCount), restored = Empty(sampleCount);
        var logits = new double[sampleCount * OutputCount];
        var logitSlope = new double[logits.Length];
        var classes = new int[sampleCount];
        for (int start = 0; start < sampleCount; start += Piece)
        {
            int count = Math.Min(Piece, sampleCount - start);
            _model.Forward(inputVolts.Slice(start * InputCount, count * InputCount), count);
            for (int l = 0; l < layerCount; l++)
            {
                int neurons = _model.Layers[l].OutputCount;
                PhaxActivations a = _model.Activations[l];
                a.Gate.AsSpan(0, count * neurons).CopyTo(gates[l].AsSpan(start * neurons));
                a.Inverted.AsSpan(0, count * neurons).CopyTo(inverted[l].AsSpan(start * neurons));
                a.Restored.AsSpan(0, count * neurons).CopyTo(restored[l].AsSpan(start * neurons));
            }

            for (int i = 0; i < count; i++) classes[start + i] = _model.StrongestOutput(i);
        }

        _model.Curves[^1].EvaluateLogits(gates[^1], logits, logitSlope);
        return new BehaviouralResult
        {
            SampleCount = sampleCount,
            Layers = [.. Enumerable.Range(0, layerCount).Select(l => new LayerOperatingPoint
            {
                NeuronCount = _model.Layers[l].OutputCount,
                GateVolts = gates[l],
                InvertedVolts = inverted[l],
                RestoredVolts = restored[l],
            })],
            Logits = logits,
            Classes = classes,
        };
    }

    /// <summary>Fraction of samples whose strongest output is their class.</summary>
    /// <param name="samples">Samples as voltages.</param>
    /// <returns>A number from 0 to 1.</returns>
    /// <exception cref="ArgumentException">There are no samples, or their inputs do not fit.</exception>
    public double Accuracy(Data.VoltageSet samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.SampleCount == 0) throw new ArgumentException("There are no samples.", nameof(samples));
        if (samples.InputCount != InputCount)
            throw new ArgumentException($"The samples have {samples.InputCount} inputs, the network {InputCount}.", nameof(samples));
        return (double)_model.Evaluate(samples.InputVolts.Span, samples.Labels.Span).Correct / samples.SampleCount;
    }

    private double[][] Empty(int sampleCount) => [.. _model.Layers.Select(l => new double[sampleCount * l.OutputCount])];
}
