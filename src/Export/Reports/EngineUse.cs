namespace CircuitSim.Export.Reports;

/// <summary>A simulation engine and what it did in a run.</summary>
public sealed record EngineUse
{
    /// <summary>Name, for example <c>ngspice</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Version as the engine states it, or null when it states none or is not there.</summary>
    public required string? Version { get; init; }

    /// <summary>Whether the engine was found on the machine of the run.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>What the engine was used for, or why it was not.</summary>
    public required string Role { get; init; }
}
