namespace CircuitSim.Training.Data;

/// <summary>How large the layers of a fully connected network may be.</summary>
internal static class LayerLimits
{
    /// <summary>Most weights of a layer: the optimiser keeps six numbers for each, and the circuit two devices.</summary>
    internal const int MostWeights = 1 << 26;

    /// <summary>Notes every layer whose weights do not fit; sizes below 1 are others' to refuse.</summary>
    /// <param name="sizes">Inputs, then neurons of each layer.</param>
    /// <param name="violations">Receives one sentence a layer.</param>
    internal static void Check(IReadOnlyList<int> sizes, List<string> violations)
    {
        for (int l = 1; l < sizes.Count; l++)
        {
            double weights = (sizes[l - 1] + 1.0) * sizes[l];
            if (weights > MostWeights) violations.Add(FormattableString.Invariant($"Layer {l} has {sizes[l - 1]} x {sizes[l]} weights; at most {MostWeights} a layer are supported."));
        }
    }
}
