using System.Globalization;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Differences between two engines, signal by signal and node by node.</summary>
public static class SignalComparison
{
    private const int BinCount = 40;

    /// <summary>Signals of a neuron, in the order in which they follow from each other.</summary>
    public static IReadOnlyList<SignalKind> Signals { get; } = [SignalKind.Gate, SignalKind.InvertedOutput, SignalKind.RestoredOutput];

    /// <summary>Statistics of the differences circuit minus behavioural for every layer and signal.</summary>
    /// <param name="behavioural">Voltages of the behavioural network, layer by layer.</param>
    /// <param name="circuit">Voltages of the circuit, of the same shape.</param>
    /// <returns>One entry per layer and signal, in order.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="EngineException">A voltage is not finite.</exception>
    public static IReadOnlyList<LayerSignalError> Statistics(IReadOnlyList<LayerOperatingPoint> behavioural, IReadOnlyList<LayerOperatingPoint> circuit)
    {
        CheckShapes(behavioural, circuit);
        return [.. Enumerable.Range(0, behavioural.Count).SelectMany(layer => Signals.Select(signal =>
            Statistics(layer, signal, Volts(behavioural[layer], signal).Span, Volts(circuit[layer], signal).Span)))];
    }

    /// <summary>The nodes and samples that differ most, one entry a node, largest first.</summary>
    /// <param name="behavioural">Voltages of the behavioural network, layer by layer.</param>
    /// <param name="circuit">Voltages of the circuit, of the same shape.</param>
    /// <param name="most">Entries at most.</param>
    /// <returns>The worst sample of each of the worst nodes.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="EngineException">A voltage is not finite.</exception>
    public static IReadOnlyList<NodeDifference> Worst(
        IReadOnlyList<LayerOperatingPoint> behavioural, IReadOnlyList<LayerOperatingPoint> circuit, int most)
    {
        CheckShapes(behavioural, circuit);
        var worst = new List<NodeDifference>();
        for (int layer = 0; layer < behavioural.Count; layer++)
        {
            foreach (SignalKind signal in Signals)
            {
                int neurons = behavioural[layer].NeuronCount;
                for (int neuron = 0; neuron < neurons; neuron++)
                    worst.Add(WorstSample(layer, neuron, neurons, signal, Volts(behavioural[layer], signal).Span, Volts(circuit[layer], signal).Span));
            }
        }

        return [.. worst.OrderByDescending(d => Math.Abs(d.DifferenceMillivolts)).ThenBy(d => d.NodeName, StringComparer.Ordinal).Take(most)];
    }

    /// <summary>Root mean square and largest difference of two lists of voltages.</summary>
    /// <param name="a">Volts.</param>
    /// <param name="b">Volts, of the same length.</param>
    /// <returns>Millivolts.</returns>
    public static (double RmsMillivolts, double WorstMillivolts) Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"{b.Length} voltages against {a.Length}.", nameof(b));
        double squares = 0, worst = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double d = 1e3 * (a[i] - b[i]);
            squares += d * d;
            worst = Math.Max(worst, Math.Abs(d));
        }

        return (a.Length == 0 ? 0 : Math.Sqrt(squares / a.Length), worst);
    }

    /// <summary>Largest difference at any gate or output.</summary>
    /// <param name="a">Voltages of one solution, layer by layer.</param>
    /// <param name="b">Voltages of the other, of the same shape.</param>
    /// <returns>Volts.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double LargestDifference(IReadOnlyList<LayerOperatingPoint> a, IReadOnlyList<LayerOperatingPoint> b)
    {
        CheckShapes(a, b);
        double worst = 0;
        for (int layer = 0; layer < a.Count; layer++)
            foreach (SignalKind signal in Signals)
                worst = Math.Max(worst, 1e-3 * Distance(Volts(a[layer], signal).Span, Volts(b[layer], signal).Span).WorstMillivolts);
        return worst;
    }

    internal static ReadOnlyMemory<double> Volts(LayerOperatingPoint layer, SignalKind signal) => signal switch
    {
        SignalKind.Gate => layer.GateVolts,
        SignalKind.InvertedOutput => layer.InvertedVolts,
        _ => layer.RestoredVolts,
    };

    private static LayerSignalError Statistics(int layer, SignalKind signal, ReadOnlySpan<double> behavioural, ReadOnlySpan<double> circuit)
    {
        var differences = new double[behavioural.Length];
        for (int i = 0; i < differences.Length; i++) differences[i] = 1e3 * (circuit[i] - behavioural[i]);
        double[] sizes = [.. differences.Select(Math.Abs).Order()];
        return new LayerSignalError
        {
            Layer = layer + 1,
            Signal = signal,
            Count = differences.Length,
            RmsMillivolts = Math.Sqrt(differences.Sum(d => d * d) / differences.Length),
            MeanMillivolts = differences.Average(),
            Percentile99Millivolts = sizes[Math.Min(sizes.Length - 1, (int)Math.Ceiling(0.99 * sizes.Length) - 1)],
            WorstMillivolts = sizes[^1],
            Histogram = Histogram(differences),
            Scatter = Scatter(behavioural, circuit),
        };
    }

    private static DifferenceHistogram Histogram(double[] differences)
    {
        double low = differences.Min(), high = differences.Max();
        if (high - low < 1e-9) (low, high) = (low - 0.5e-9, high + 0.5e-9);
        double[] edges = [.. Enumerable.Range(0, BinCount + 1).Select(i => low + (high - low) * i / BinCount)];
        var counts = new int[BinCount];
        foreach (double d in differences) counts[Math.Clamp((int)((d - low) / (high - low) * BinCount), 0, BinCount - 1)]++;
        return new DifferenceHistogram { EdgesMillivolts = edges, Counts = counts };
    }

    private static VoltagePairs Scatter(ReadOnlySpan<double> behavioural, ReadOnlySpan<double> circuit)
    {
        int stride = Math.Max(1, (behavioural.Length + VoltagePairs.MaximumCount - 1) / VoltagePairs.MaximumCount);
        // A stride that shares no factor with the neuron count visits every neuron.
        if (stride > 1) while (stride % 2 == 0 || stride % 5 == 0) stride++;
        var x = new List<double>();
        var y = new List<double>();
        for (int i = 0; i < behavioural.Length; i += stride)
        {
            x.Add(behavioural[i]);
            y.Add(circuit[i]);
        }

        return new VoltagePairs { BehaviouralVolts = x, CircuitVolts = y };
    }

    private static NodeDifference WorstSample(
        int layer, int neuron, int neurons, SignalKind signal, ReadOnlySpan<double> behavioural, ReadOnlySpan<double> circuit)
    {
        int worst = neuron;
        for (int i = neuron; i < behavioural.Length; i += neurons)
            if (Math.Abs(circuit[i] - behavioural[i]) > Math.Abs(circuit[worst] - behavioural[worst])) worst = i;
        return new NodeDifference
        {
            NodeName = NodeName(layer, neuron, signal),
            Sample = worst / neurons,
            Layer = layer + 1,
            Signal = signal,
            BehaviouralVolts = behavioural[worst],
            CircuitVolts = circuit[worst],
            DifferenceMillivolts = 1e3 * (circuit[worst] - behavioural[worst]),
        };
    }

    internal static string NodeName(int layer, int neuron, SignalKind signal) => signal switch
    {
        SignalKind.Gate => NodeNames.Gate(layer, neuron),
        SignalKind.InvertedOutput => NodeNames.InvertedOutput(layer, neuron),
        _ => NodeNames.RestoredOutput(layer, neuron),
    };

    // A largest difference passes over what is no number; a comparison that cannot be made is an error.
    private static void RequireFinite(int layer, SignalKind signal, LayerOperatingPoint a, LayerOperatingPoint b)
    {
        ReadOnlySpan<double> first = Volts(a, signal).Span, second = Volts(b, signal).Span;
        for (int k = 0; k < first.Length; k++)
        {
            if (double.IsFinite(first[k]) && double.IsFinite(second[k])) continue;
            throw new EngineException(NativeEngine.EngineName, string.Create(CultureInfo.InvariantCulture,
                $"node {NodeName(layer, k % a.NeuronCount, signal)} of sample {k / a.NeuronCount} is at {first[k]:R} V in one solution and at {second[k]:R} V in the other; they cannot be compared."));
        }
    }

    private static void CheckShapes(IReadOnlyList<LayerOperatingPoint> a, IReadOnlyList<LayerOperatingPoint> b)
    {
        if (a.Count != b.Count) throw new ArgumentException($"{b.Count} layers against {a.Count}.", nameof(b));
        for (int i = 0; i < a.Count; i++)
        {
            foreach (SignalKind signal in Signals)
                if (Volts(a[i], signal).Length != Volts(b[i], signal).Length || Volts(a[i], signal).Length == 0 || a[i].NeuronCount != b[i].NeuronCount)
                    throw new ArgumentException($"Layer {i + 1} has {Volts(b[i], signal).Length} voltages against {Volts(a[i], signal).Length}.", nameof(b));
            foreach (SignalKind signal in Signals)
                RequireFinite(i, signal, a[i], b[i]);
        }
    }
}
