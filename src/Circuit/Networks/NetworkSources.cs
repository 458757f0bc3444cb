namespace CircuitSim.Circuit.Networks;

/// <summary>Which voltage drives which word line.</summary>
internal static class NetworkSources
{
    /// <summary>Source pairs +x, −x from inputs x.</summary>
    internal static double[] FromInputs(ReadOnlySpan<double> inputVolts)
    {
        var sources = new double[2 * inputVolts.Length];
        for (int k = 0; k < inputVolts.Length; k++) (sources[2 * k], sources[2 * k + 1]) = (inputVolts[k], -inputVolts[k]);
        return sources;
    }

    /// <summary>Sources of the first layer for one sample of a batch.</summary>
    internal static void OfSample(ReadOnlySpan<double> inputVolts, bool hasPairs, int sample, Span<double> sources)
    {
        if (!hasPairs)
        {
            inputVolts.Slice(sample * sources.Length, sources.Length).CopyTo(sources);
            return;
        }

        int pairs = sources.Length / 2;
        for (int k = 0; k < pairs; k++)
        {
            double x = inputVolts[sample * pairs + k];
            (sources[2 * k], sources[2 * k + 1]) = (x, -x);
        }
    }

    /// <summary>Sources of a layer's word lines for one sample, bias pair last.</summary>
    internal static double[] OfLayer(NetworkCircuit circuit, NetworkOperatingPoint point, int layer, int sample)
    {
        int pairs = circuit.Layers[layer].InputCount;
        var sources = new double[2 * pairs + 2];
        if (layer == 0)
        {
            OfSample(point.InputVolts.Span, point.HasPairedInputs, sample, sources.AsSpan(0, 2 * pairs));
        }
        else
        {
            LayerOperatingPoint before = point.Layers[layer - 1];
            for (int k = 0; k < pairs; k++)
            {
                sources[2 * k] = before.InvertedVolts.Span[sample * pairs + k];
                sources[2 * k + 1] = before.RestoredVolts.Span[sample * pairs + k];
            }
        }

        (sources[^2], sources[^1]) = (circuit.SupplyVolts / 2, -circuit.SupplyVolts / 2);
        return sources;
    }
}
