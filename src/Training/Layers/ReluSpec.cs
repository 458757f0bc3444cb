namespace CircuitSim.Training.Layers;

/// <summary>max(0, x).</summary>
public sealed record ReluSpec : LayerSpec
{
    internal override FeatureShape Output(FeatureShape input, List<string> problems) => input;
}
