namespace CircuitSim.Export.Sweep;

/// <summary>What a sweep found, point by point.</summary>
public sealed record SweepSummary
{
    /// <summary>Version of the file's shape.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of every draw.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of the program.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>Vector units that the results were computed with; more than one where kinds were mixed, which last digits depend on.</summary>
    public IReadOnlyList<string> VectorUnits { get; init; } = [];

    /// <summary>Points in their order.</summary>
    public required IReadOnlyList<PointSummary> Points { get; init; }

    /// <summary>The chip with the lowest accuracy of all that have a solution; its netlists stand in <c>netlist/worst</c>.</summary>
    public required ChipRecord? Worst { get; init; }

    /// <summary>The chip in the middle of all that have a solution when sorted by accuracy; its netlists stand in <c>netlist/median</c>.</summary>
    public required ChipRecord? Median { get; init; }
}
