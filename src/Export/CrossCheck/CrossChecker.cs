using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Solves a network's circuit and holds it against the behavioural network, node by node and class by class.</summary>
public static class CrossChecker
{
    /// <summary>Names of the two engines in results.</summary>
    public const string BehaviouralName = "behavioural network", CircuitName = "circuit, every wire";

    private const int MostWorstNodes = 20;
    private const int MostPowerSamples = 10;

    /// <summary>Compares on the given samples.</summary>
    /// <param name="design">The circuit with every device on its target and every inverter alike.</param>
    /// <param name="behavioural">What the trained network says for the same samples, layer by layer.</param>
    /// <param name="inputVolts">Inputs, volts, row-major [sample, input].</param>
    /// <param name="labels">True classes, one a sample.</param>
    /// <param name="dataPart">What the samples are, for the record.</param>
    /// <param name="variants">The effects of a chip, one after another: the last is the chip, which is what everything but the attribution judges. Null or empty judges the design.</param>
    /// <param name="progress">Receives what is being solved and the share done.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Accuracies, differences and their causes.</returns>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static CrossCheckResult Check(
        NetworkCircuit design,
        IReadOnlyList<LayerOperatingPoint> behavioural,
        ReadOnlyMemory<double> inputVolts,
        ReadOnlySpan<int> labels,
        string dataPart,
        IReadOnlyList<CircuitVariant>? variants = null,
        IProgress<(double Fraction, string Message)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(behavioural);
        int count = labels.Length;
        variants ??= [];
        NetworkCircuit ideal = design.WithIdealWires();

        progress?.Report((0, "device equations, unloaded"));
        NetworkOperatingPoint unloaded = Solve(ideal, new NetworkSolverOptions { IgnoresLoading = true }, inputVolts, count, cancellationToken);
        progress?.Report((0.1, "loaded inverters, ideal wires"));
        NetworkOperatingPoint loaded = Solve(ideal, new NetworkSolverOptions(), inputVolts, count, cancellationToken);
        progress?.Report((0.3, "loaded inverters, every wire"));
        NetworkSolver solver = NetworkSolver.Create(design, cancellationToken: cancellationToken);
        NetworkOperatingPoint full = solver.SolveBatch(inputVolts, count, cancellationToken: cancellationToken);
        var rungs = new List<Rung>
        {
            new("trained network", "The behavioural network, with the neuron curve that it was trained with.", behavioural),
            new("device equations, unloaded", "Every inverter by its transistor equations, as if its output drove nothing; ideal wires.", unloaded.Layers),
            new("+ loading", "Every inverter drives the crossbar of the next layer, solved exactly; ideal wires.", loaded.Layers),
            new("+ wires", "Every wire segment and source resistance: the circuit as designed.", full.Layers),
        };
        foreach (CircuitVariant variant in variants)
        {
            progress?.Report((0.6, variant.Name));
            solver = NetworkSolver.Create(variant.Circuit, cancellationToken: cancellationToken);
            full = solver.SolveBatch(inputVolts, count, cancellationToken: cancellationToken);
            rungs.Add(new Rung(variant.Name, variant.Description, full.Layers));
        }

        int[] trained = Classes(behavioural[^1]), built = Classes(full.Layers[^1]);
        int correctTrained = Correct(trained, labels), correctBuilt = Correct(built, labels);
        return new CrossCheckResult
        {
            Accuracies = [Accuracy(BehaviouralName, dataPart, correctTrained, count), Accuracy(CircuitName, dataPart, correctBuilt, count)],
            AccuracyDropPercent = 100.0 * (correctTrained - correctBuilt) / count,
            Agreement = ClassAgreement.Of(trained, built, labels),
            Confusions = [Confusion(BehaviouralName, trained, labels, design.OutputCount), Confusion(CircuitName, built, labels, design.OutputCount)],
            Attribution = Ladder(rungs, labels),
            Layers = SignalComparison.Statistics(behavioural, full.Layers),
            WorstNodes = SignalComparison.Worst(behavioural, full.Layers, MostWorstNodes),
            Power = Power(solver, full),
            Circuit = full,
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

    private static NetworkOperatingPoint Solve(
        NetworkCircuit circuit, NetworkSolverOptions options, ReadOnlyMemory<double> inputVolts, int count, CancellationToken cancellationToken) =>
        NetworkSolver.Create(circuit, options, cancellationToken).SolveBatch(inputVolts, count, cancellationToken: cancellationToken);

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

    private static AttributionStep[] Ladder(List<Rung> rungs, ReadOnlySpan<int> labels)
    {
        var steps = new AttributionStep[rungs.Count];
        for (int i = 0; i < steps.Length; i++)
        {
            ReadOnlySpan<double> output = rungs[i].Output.Span;
            (double rms, double worst) = SignalComparison.Distance(output, rungs[0].Output.Span);
            steps[i] = new AttributionStep
            {
                Name = rungs[i].Name,
                Description = rungs[i].Description,
                AccuracyPercent = 100.0 * Correct(Classes(rungs[i].Layers[^1]), labels) / labels.Length,
                OutputRmsMillivolts = rms,
                OutputWorstMillivolts = worst,
                RmsChangeMillivolts = i == 0 ? null : SignalComparison.Distance(output, rungs[i - 1].Output.Span).Item1,
            };
        }

        return steps;
    }

    /// <summary>Heat in crossbars (what their sources deliver) and in inverters (what the rails deliver less what goes on to the next crossbar).</summary>
    private static LayerPower[] Power(NetworkSolver solver, NetworkOperatingPoint point)
    {
        int layers = solver.Circuit.Layers.Count;
        int samples = Math.Min(MostPowerSamples, point.SampleCount);
        var crossbarWatts = new double[layers];
        var inverterWatts = new double[layers];
        for (int s = 0; s < samples; s++)
        {
            NetworkPower power = solver.Power(point, s);
            for (int layer = 0; layer < layers; layer++)
            {
                double[] source = solver.WordLineSourceVolts(point, layer, s);
                ReadOnlySpan<double> amps = solver.SolveCrossbar(point, layer, s).WordLineAmps.Span;
                double all = 0, fromNeurons = 0;
                for (int i = 0; i < source.Length; i++)
                {
                    all += source[i] * amps[i];
                    if (layer > 0 && i < source.Length - 2) fromNeurons += source[i] * amps[i];
                }

                crossbarWatts[layer] += all / samples;
                inverterWatts[layer] += power.InverterWatts[layer] / samples;
                if (layer > 0) inverterWatts[layer - 1] -= fromNeurons / samples;
            }
        }

        return [.. Enumerable.Range(0, layers).Select(l => new LayerPower
        {
            Layer = l + 1, DevicesMilliwatts = 1e3 * crossbarWatts[l], InvertersMilliwatts = 1e3 * inverterWatts[l],
        })];
    }

    private sealed record Rung(string Name, string Description, IReadOnlyList<LayerOperatingPoint> Layers)
    {
        internal ReadOnlyMemory<double> Output => Layers[^1].InvertedVolts;
    }
}
