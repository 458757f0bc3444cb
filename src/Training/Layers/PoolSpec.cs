namespace CircuitSim.Training.Layers;

/// <summary>Pooling over square windows that lie inside the image.</summary>
public sealed record PoolSpec : LayerSpec
{
    /// <summary>Largest number or mean.</summary>
    public PoolKind Pool { get; init; }

    /// <summary>Side of the window, at least 1.</summary>
    public required int Size { get; init; }

    /// <summary>Distance between neighbouring windows, at least 1, or null for <see cref="Size"/>.</summary>
    public int? Stride { get; init; }

    internal int Step => Stride ?? Size;

    internal override FeatureShape Output(FeatureShape input, List<string> problems)
    {
        if (Size < 1 || Step < 1 || Size > input.Height || Size > input.Width)
        {
            problems.Add($"a pool of {Size} with stride {Step} does not fit an input of {input}.");
            return input;
        }

        return new FeatureShape((input.Height - Size) / Step + 1, (input.Width - Size) / Step + 1, input.Channels);
    }
}
