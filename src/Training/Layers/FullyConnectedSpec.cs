namespace CircuitSim.Training.Layers;

/// <summary>Every output depends on every input; an image is flattened as [row, column, channel].</summary>
public sealed record FullyConnectedSpec : LayerSpec
{
    /// <summary>Outputs, at least 1.</summary>
    public required int Outputs { get; init; }

    /// <summary>Whether each output has a bias, which is added digitally.</summary>
    public bool HasBias { get; init; } = true;

    internal override FeatureShape Output(FeatureShape input, List<string> problems)
    {
        if (Outputs < 1) problems.Add($"a fully connected layer has {Outputs} outputs; at least 1 is needed.");
        return new FeatureShape(1, 1, Math.Max(Outputs, 1));
    }
}
