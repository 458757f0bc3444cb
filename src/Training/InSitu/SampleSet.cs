using CircuitSim.Training.Data;

namespace CircuitSim.Training.InSitu;

/// <summary>Scaled samples, the bias input included where the network has one.</summary>
internal sealed class SampleSet(double[] inputs, int width, int[] labels)
{
    internal int Count => labels.Length;

    internal static SampleSet Create(DataSet data, FeatureStandardization scaling, bool hasBias) =>
        new(scaling.Apply(data, hasBias), data.FeatureCount + (hasBias ? 1 : 0), data.Labels.ToArray());

    internal ReadOnlySpan<double> Inputs(int sample) => inputs.AsSpan(sample * width, width);

    internal int Label(int sample) => labels[sample];
}
