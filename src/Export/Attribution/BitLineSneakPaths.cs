namespace CircuitSim.Export.Attribution;

/// <summary>Sneak signal of one bit line.</summary>
public sealed record BitLineSneakPaths
{
    /// <summary>Gate of the bit line, for example <c>l1_g34</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Of one volt on every source, the share that reaches the gate through other devices than the source's own: Σ|sneak|/Σ|response|, percent.</summary>
    public required double PathSharePercent { get; init; }

    /// <summary>Rms of the sneak signal over rms of the gate voltage, over the checked samples, percent; may exceed the path share, because inputs cancel.</summary>
    public required double SignalSharePercent { get; init; }

    /// <summary>Rms of the sneak signal over the checked samples, microvolts.</summary>
    public required double SneakRmsMicrovolts { get; init; }

    /// <summary>Rms of the gate voltage over the checked samples, millivolts.</summary>
    public required double SignalRmsMillivolts { get; init; }
}
