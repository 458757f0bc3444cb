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
}
