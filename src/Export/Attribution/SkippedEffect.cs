namespace CircuitSim.Export.Attribution;

/// <summary>An effect that the ladder or the reverse ladder leaves out, and why.</summary>
public sealed record SkippedEffect
{
    /// <summary>The effect, or null for one that the device card states and that no circuit of a run contains.</summary>
    public required CircuitEffect? Effect { get; init; }

    /// <summary>True when both ladders leave it out, because the experiment has none of it; false when only the reverse ladder does.</summary>
    public required bool IsAbsent { get; init; }

    /// <summary>Why, one sentence.</summary>
    public required string Reason { get; init; }
}
