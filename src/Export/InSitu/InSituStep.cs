namespace CircuitSim.Export.InSitu;

/// <summary>One step of the ladder from the trained devices to their circuit.</summary>
public sealed record InSituStep
{
    /// <summary>What is switched on from here.</summary>
    public required string Name { get; init; }

    /// <summary>Accuracy on the checked samples, percent.</summary>
    public required double AccuracyPercent { get; init; }

    /// <summary>Root mean square difference of the last layer's sums from the trained network, dimensionless.</summary>
    public required double SumRms { get; init; }

    /// <summary>Largest difference of a sum of the last layer from the trained network, dimensionless.</summary>
    public required double SumWorst { get; init; }
}
