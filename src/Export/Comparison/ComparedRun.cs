namespace CircuitSim.Export.Comparison;

/// <summary>One of two runs that are compared.</summary>
public sealed record ComparedRun
{
    /// <summary>Name of its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of the program that made it.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>Whether it kept its limits.</summary>
    public required bool Passed { get; init; }

    /// <summary>Its verdict in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Memristors.</summary>
    public required int DeviceCount { get; init; }

    /// <summary>Static power of all layers, milliwatts, or null when it was not computed.</summary>
    public required double? PowerMilliwatts { get; init; }

    /// <summary>Longest delay, seconds, or null when it was not measured.</summary>
    public required double? DelaySeconds { get; init; }

    /// <summary>Energy of an inference, joules, or null when it was not measured.</summary>
    public required double? EnergyJoules { get; init; }
}
