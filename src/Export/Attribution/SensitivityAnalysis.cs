using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Export.Attribution;

/// <summary>Finds the devices, lines and neurons that decide, by exact derivatives of the class margin.</summary>
public static class SensitivityAnalysis
{
    /// <summary>Devices, lines and neurons that are listed by name.</summary>
    public const int MostListed = 20;

    /// <summary>Differentiates the margin of the first samples of a solution.</summary>
    /// <param name="solver">The solver.</param>
    /// <param name="point">A result of it, inputs in pairs.</param>
    /// <param name="sampleCount">Samples to differentiate, at least 1.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The report, or null for a network with a single output, which has no margin.</returns>
    /// <exception cref="Circuit.Errors.ConvergenceException">A crossbar solve did not meet its tolerance.</exception>
    public static SensitivityReport? Of(NetworkSolver solver, NetworkOperatingPoint point, int sampleCount, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(point);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleCount, point.SampleCount);
        if (solver.Circuit.OutputCount < 2) return null;

        var (margins, weights) = Margins(point.Layers[^1], sampleCount);
        IReadOnlyList<CrossbarSensitivity> layers = NetworkAdjoint.Create(solver).Sensitivity(First(point, sampleCount), weights, cancellationToken: cancellationToken);
        int smallest = Array.IndexOf(margins, margins.Min());
        return new SensitivityReport
        {
            SampleCount = sampleCount,
            MeanMarginMillivolts = 1e3 * margins.Average(),
            SmallestMarginMillivolts = 1e3 * margins[smallest],
            SmallestMarginSample = smallest,
            SpreadMillivoltsPerPercent = PerPercent(Math.Sqrt(layers.Sum(l => l.SpreadPerLogSiemens * l.SpreadPerLogSiemens))),
            Devices = [.. layers.SelectMany((layer, l) => Devices(solver.Circuit.Layers[l].Crossbar, layer, l))
                .OrderByDescending(d => d.MillivoltsPerPercent).ThenBy(d => d.Name, StringComparer.Ordinal).Take(MostListed)],
            Lines = [.. layers.SelectMany((layer, l) => Lines(solver.Circuit.Layers[l].Crossbar, layer, l))
                .OrderByDescending(d => d.MicrovoltsPerOhm).ThenBy(d => d.Name, StringComparer.Ordinal).Take(MostListed)],
            Neurons = [.. layers.SelectMany((layer, l) => layer.PerGateVolt.ToArray().Select((value, j) => new NeuronSensitivity
            {
                Name = NodeNames.Gate(l, j),
                Layer = l + 1,
                MillivoltsPerMillivolt = value,
            })).OrderByDescending(d => d.MillivoltsPerMillivolt).ThenBy(d => d.Name, StringComparer.Ordinal).Take(MostListed)],
            Layers = [.. layers.Select((layer, l) => Layer(solver.Circuit.Layers[l].Crossbar, layer, l))],
        };
    }

    /// <summary>Highest less second highest output of each sample, and the derivative of that to every output.</summary>
    private static (double[] Volts, double[] PerOutput) Margins(LayerOperatingPoint last, int sampleCount)
    {
        var margins = new double[sampleCount];
        var weights = new double[sampleCount * last.NeuronCount];
        for (int s = 0; s < sampleCount; s++)
        {
            ReadOnlySpan<double> output = last.InvertedVolts.Span.Slice(s * last.NeuronCount, last.NeuronCount);
            (int first, int second) = output[0] >= output[1] ? (0, 1) : (1, 0);
            for (int j = 2; j < output.Length; j++)
            {
                if (output[j] > output[first]) (first, second) = (j, first);
                else if (output[j] > output[second]) second = j;
            }

            margins[s] = output[first] - output[second];
            (weights[s * output.Length + first], weights[s * output.Length + second]) = (1, -1);
        }

        return (margins, weights);
    }

    private static NetworkOperatingPoint First(NetworkOperatingPoint point, int count) => point.SampleCount == count ? point : point with
    {
        SampleCount = count,
        InputVolts = point.InputVolts[..(point.InputVolts.Length / point.SampleCount * count)],
        Layers = [.. point.Layers.Select(l => l with
        {
            GateVolts = l.GateVolts[..(count * l.NeuronCount)],
            InvertedVolts = l.InvertedVolts[..(count * l.NeuronCount)],
            RestoredVolts = l.RestoredVolts[..(count * l.NeuronCount)],
        })],
    };

    private static IEnumerable<DeviceSensitivity> Devices(CrossbarSpec crossbar, CrossbarSensitivity layer, int index)
    {
        // The largest of each layer are enough to find the largest of all.
        int[] order = [.. Enumerable.Range(0, layer.PerLogSiemens.Length)];
        double[] sizes = [.. layer.PerLogSiemens.ToArray().Select(x => -x)];
        Array.Sort(sizes, order);
        return order.Take(MostListed).Select(at => new DeviceSensitivity
        {
            Name = NodeNames.Device(index, at / crossbar.BitLineCount, at % crossbar.BitLineCount),
            Layer = index + 1,
            Microsiemens = 1e6 * crossbar.ConductanceSiemens.Span[at],
            MillivoltsPerPercent = PerPercent(layer.PerLogSiemens.Span[at]),
            SignedMillivoltsPerPercent = PerPercent(layer.SignedPerLogSiemens.Span[at]),
        });
    }

    private static IEnumerable<LineSensitivity> Lines(CrossbarSpec crossbar, CrossbarSensitivity layer, int index)
    {
        for (int i = 0; i < crossbar.WordLineCount; i++)
            yield return Line(NodeNames.WordLine(index, i), isWordLine: true, layer.PerWordLineOhm.Span[i], crossbar.WordLineSegmentOhms, index);
        for (int j = 0; j < crossbar.BitLineCount; j++)
            yield return Line(NodeNames.BitLine(index, j), isWordLine: false, layer.PerBitLineOhm.Span[j], crossbar.BitLineSegmentOhms, index);
    }

    private static LineSensitivity Line(string name, bool isWordLine, double voltsPerOhm, double ohms, int layer) => new()
    {
        Name = name,
        Layer = layer + 1,
        IsWordLine = isWordLine,
        MicrovoltsPerOhm = 1e6 * voltsPerOhm,
        WireMicrovolts = 1e6 * voltsPerOhm * ohms,
    };

    private static LayerSensitivity Layer(CrossbarSpec crossbar, CrossbarSensitivity layer, int index) => new()
    {
        Layer = index + 1,
        SpreadMillivoltsPerPercent = PerPercent(layer.SpreadPerLogSiemens),
        WordLineMicrovoltsPerOhm = 1e6 * layer.PerWordLineSegmentOhm,
        BitLineMicrovoltsPerOhm = 1e6 * layer.PerBitLineSegmentOhm,
        SourceMicrovoltsPerOhm = 1e6 * layer.PerSourceOhm,
        Devices = ReducedMap.Of(
            "mean change of the class margin per percent of conductance", "mV/%", crossbar.WordLineCount, crossbar.BitLineCount,
            (i, j) => PerPercent(layer.PerLogSiemens.Span[i * crossbar.BitLineCount + j])),
    };

    // Volts per unit of ln G to millivolts per percent of G.
    private static double PerPercent(double volts) => 1e3 * volts / 100;
}
