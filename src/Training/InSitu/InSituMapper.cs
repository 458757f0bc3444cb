using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Devices;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;

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
    /// <exception cref="InvalidDesignException">A voltage or resistance is out of range, or a device would conduct more than <see cref="PhysicalConductance.LargestSiemens"/>.</exception>
    public static ReadoutNetwork Map(InSituNetwork network, InSituWiring wiring)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(wiring);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            double largest = network.Layers[l].Digits.Max(d => Math.Max(Largest(d.PositiveSiemens.Span), Largest(d.NegativeSiemens.Span)));
            if (PhysicalConductance.Problem(largest) is string problem)
                throw new InvalidDesignException($"Layer {l + 1} of a network trained in situ", [$"A device conducts {problem}. Give the unit of its update tables (InSituDevice.InSiemens; unit_siemens in an experiment)."]);
        }

        return new ReadoutNetwork(wiring.ReadVolts, network.HasBias, [.. network.Layers.Select(l => Layer(l, wiring))]);
    }

    /// <summary>Refuses a device whose tables cannot be in siemens, before it becomes a circuit. Training needs only ratios to the range and does not ask.</summary>
    /// <param name="device">The device.</param>
    /// <param name="core">How its tables are used.</param>
    /// <exception cref="InvalidDesignException">A table that is used goes beyond <see cref="PhysicalConductance.LargestSiemens"/>.</exception>
    public static void RequireSiemens(InSituDevice device, CoreOptions core)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(core);
        UpdateTable largest = core.Tables(device).MaxBy(t => t.MaximumConductance)!;
        if (PhysicalConductance.Problem(largest.MaximumConductance) is not string problem) return;
        throw new InvalidDesignException($"Device '{device.Name}'", [$"Update table '{largest.Name}' reaches {problem}. Say what 1 in the tables stands for, in siemens, "
            + $"for example device: {{ tables: …, unit_siemens: 1e-6 }} for microsiemens.{(device.Note is null ? "" : " " + device.Note)}"]);
    }

    private static double Largest(ReadOnlySpan<double> siemens)
    {
        double largest = 0;
        foreach (double g in siemens) largest = Math.Max(largest, g);
        return largest;
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
