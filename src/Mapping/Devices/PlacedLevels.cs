namespace CircuitSim.Mapping.Devices;

/// <summary>Levels placed on a card's window, with what each costs to program and where a read tells it from its neighbours.</summary>
public sealed record PlacedLevels
{
    /// <summary>The levels with their acceptance bins.</summary>
    public required LevelPlan Plan { get; init; }

    /// <summary>Programming iterations that a device of each level needs on average, 1/p with p the probability of its bin.</summary>
    public required IReadOnlyList<double> ExpectedIterations { get; init; }

    /// <summary>Conductances that separate neighbouring levels at the time of the read, siemens, one fewer than levels.</summary>
    public required IReadOnlyList<double> ThresholdSiemens { get; init; }

    /// <summary>Mean over the levels, each used equally often: what placement minimises.</summary>
    public double MeanIterations => ExpectedIterations.Average();
}
