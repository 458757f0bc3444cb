using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Training.InSitu;

/// <summary>Lays the devices of a network that was trained in situ out as crossbars with current read-out.</summary>
public static class InSituMapper
{
    /// <summary>Makes the circuit.</summary>
    /// <remarks>
    /// One crossbar a layer. Inputs are word lines, the bias the last. Bit lines come neuron by neuron: for each digit of its weights the
    /// positive line, then the negative one; where a reference stands for the negative array, reference lines are the last, one a digit.
    /// </remarks>
    /// <param name="network">The trained network.</param>
    /// <param name="wiring">Read voltage, wires and ends.</param>
    /// <returns>The circuit.</returns>
    /// <exception cref="Circuit.Errors.InvalidDesignException">A voltage or resistance is out of range.</exception>
    public static ReadoutNetwork Map(InSituNetwork network, InSituWiring wiring)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(wiring);
        return new ReadoutNetwork(wiring.ReadVolts, network.HasBias, [.. network.Layers.Select(l => Layer(l, wiring))]);
    }

    private static ReadoutLayer Layer(InSituLayer layer, InSituWiring wiring)
    {
        int digits = layer.Digits.Count, words = layer.InputCount;
        bool hasReference = layer.Digits[0].HasReference;
        int lines = hasReference ? digits * (layer.OutputCount + 1) : 2 * digits * layer.OutputCount;
        var siemens = new double[words * lines];
        var neurons = new List<ReadoutTerm>[layer.OutputCount];
        for (int k = 0; k < neurons.Length; k++)
        {
            neurons[k] = [];
            for (int d = 0; d < digits; d++)
            {
                InSituDigit digit = layer.Digits[d];
                int place = k * digits + d, positive = hasReference ? place : 2 * place, negative = hasReference ? digits * layer.OutputCount + d : positive + 1;
                double perAmp = digit.WeightPerSiemens / wiring.ReadVolts;
                Fill(siemens, lines, positive, digit.PositiveSiemens.Span.Slice(k * words, words));
                Fill(siemens, lines, negative, digit.NegativeSiemens.Span.Slice(k * words, words));
                neurons[k].Add(new ReadoutTerm(positive, perAmp));
                neurons[k].Add(new ReadoutTerm(negative, -perAmp));
            }
        }

        var crossbar = new CrossbarSpec(
            words, lines, siemens, wiring.SegmentOhms, wiring.SegmentOhms, wiring.SourceOhms, wiring.TerminalOhms, BitLineEnd.Ground);
        return new ReadoutLayer(crossbar, neurons);
    }

    private static void Fill(double[] siemens, int lines, int line, ReadOnlySpan<double> column)
    {
        for (int i = 0; i < column.Length; i++) siemens[i * lines + line] = column[i];
    }
}
