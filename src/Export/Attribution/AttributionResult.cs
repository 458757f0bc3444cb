using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Attribution;

/// <summary>Which effect moves the outputs by how much.</summary>
public sealed record AttributionResult
{
    /// <summary>The ladder, from the trained network to the full circuit.</summary>
    public required IReadOnlyList<AttributionStep> Steps { get; init; }

    /// <summary>The reverse ladder.</summary>
    public required IReadOnlyList<RemovedEffect> Removed { get; init; }

    /// <summary>Effects left out, and why.</summary>
    public required IReadOnlyList<SkippedEffect> Skipped { get; init; }

    /// <summary>Solution of the last rung, layer by layer.</summary>
    public required IReadOnlyList<LayerOperatingPoint> LastRung { get; init; }
}
