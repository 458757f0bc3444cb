namespace CircuitSim.Mapping.Devices;

/// <summary>How many levels are wanted and how well they must be told apart.</summary>
public sealed record LevelPlacementOptions
{
    /// <summary>Levels, the RESET state included when it is used; at least 2.</summary>
    public required int LevelCount { get; init; }

    /// <summary>Separability bound: the largest probability that a device accepted at the edge of its bin is read beyond the threshold to its neighbour, above 0 and below 0.5.</summary>
    public required double MisreadBound { get; init; }

    /// <summary>Time of the read after programming, seconds; null to read before any relaxation.</summary>
    public double? ReadSeconds { get; init; }

    /// <summary>Whether the read is noisy.</summary>
    public bool IncludeReadNoise { get; init; }

    /// <summary>Whether the RESET state is the lowest level: then one pulse mostly suffices for it, and the SET levels share the rest of the window.</summary>
    public bool UseResetState { get; init; }
}
