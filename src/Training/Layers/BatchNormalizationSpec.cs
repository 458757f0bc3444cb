namespace CircuitSim.Training.Layers;

/// <summary>Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it (Ioffe and Szegedy, ICML 2015). Done digitally.</summary>
public sealed record BatchNormalizationSpec : LayerSpec
{
    /// <summary>Share of a batch in the running mean and variance that inference uses.</summary>
    public double Momentum { get; init; } = 0.1;

    /// <summary>Added to the variance.</summary>
    public double Epsilon { get; init; } = 1e-5;

    internal override FeatureShape Output(FeatureShape input, List<string> problems)
    {
        if (!(Momentum is > 0 and <= 1)) problems.Add($"batch normalisation has a momentum of {Momentum}; above 0 and at most 1 is allowed.");
        if (!(Epsilon > 0)) problems.Add($"batch normalisation has an epsilon of {Epsilon}; a positive number is needed.");
        return input;
    }
}
