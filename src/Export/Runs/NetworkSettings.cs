namespace CircuitSim.Export.Runs;

/// <summary>Shape of the network.</summary>
public sealed record NetworkSettings
{
    /// <summary>Neurons from input to output, without the bias; at least two entries.</summary>
    public required IReadOnlyList<int> Layers { get; init; }
}
