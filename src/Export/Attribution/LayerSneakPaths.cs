namespace CircuitSim.Export.Attribution;

/// <summary>How much of each bit line's signal arrives by other routes than through the devices that carry its weights.</summary>
/// <remarks>The definition is that of <c>docs/derivations/sneak-paths.md</c>.</remarks>
public sealed record LayerSneakPaths
{
    /// <summary>Layer number from 1.</summary>
    public required int Layer { get; init; }

    /// <summary>Mean path share of the bit lines, percent.</summary>
    public required double MeanPathSharePercent { get; init; }

    /// <summary>Gate of the bit line with the largest path share.</summary>
    public required string WorstName { get; init; }

    /// <summary>Largest path share, percent.</summary>
    public required double WorstPathSharePercent { get; init; }

    /// <summary>One entry a bit line, in order.</summary>
    public required IReadOnlyList<BitLineSneakPaths> BitLines { get; init; }

    /// <summary>Share of each source's signal that reaches each bit line through other devices than the one that joins them, percent.</summary>
    public required ReducedMap Shares { get; init; }

    /// <summary>What reading back the layer's smallest device would give, one entry a read scheme; empty when lines of the layer are broken.</summary>
    public IReadOnlyList<DeviceRead> Reads { get; init; } = [];
}
