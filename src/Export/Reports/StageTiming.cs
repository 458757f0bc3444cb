namespace CircuitSim.Export.Reports;

/// <summary>Wall-clock time of one stage of the run.</summary>
public sealed record StageTiming
{
    /// <summary>Name of the stage, for example <c>train</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Wall-clock time, seconds.</summary>
    public required double Seconds { get; init; }
}
