using CircuitSim.Export.Attribution;

namespace CircuitSim.Export.Reports;

/// <summary>One rung of the ladder from the trained network to the programmed circuit.</summary>
public sealed record AttributionStep
{
    /// <summary>Short name of the effect that this step switches on, for example <c>+ loading</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is modelled at this step, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Accuracy with all effects up to this step, percent.</summary>
    public required double AccuracyPercent { get; init; }

    /// <summary>Rms difference of the network's outputs from the first step, millivolts; null where it has no meaning.</summary>
    public required double? OutputRmsMillivolts { get; init; }

    /// <summary>Largest difference of the network's outputs from the first step, millivolts; null where it has no meaning.</summary>
    public required double? OutputWorstMillivolts { get; init; }

    /// <summary>Rms difference of the network's outputs from the previous step, millivolts; null for the first step.</summary>
    public required double? RmsChangeMillivolts { get; init; }

    /// <summary>The effect that this step switches on; null for the trained network.</summary>
    public CircuitEffect? Effect { get; init; }

    /// <summary>Largest difference of an output from the previous step, millivolts; null for the first step.</summary>
    public double? WorstChangeMillivolts { get; init; }

    /// <summary>Samples whose class differs from the previous step's; null for the first step.</summary>
    public int? ChangedClassCount { get; init; }

    /// <summary>
    /// Part of this step in the whole departure, percent: Σ change·D/Σ D², with the change of every output in this step and its departure D of
    /// the full circuit from the trained network. Parts add up to 100 % and may be negative; null for the first step, or where D is zero.
    /// </summary>
    public double? SharePercent { get; init; }

    /// <summary>The same by layer, from the first to the last; empty for the first step.</summary>
    public IReadOnlyList<LayerChange> Layers { get; init; } = [];
}
