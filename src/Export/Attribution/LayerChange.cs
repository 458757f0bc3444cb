namespace CircuitSim.Export.Attribution;

/// <summary>How far the inverter outputs of one layer are from those of another rung, over both outputs of all neurons and all samples.</summary>
public sealed record LayerChange
{
    /// <summary>Layer number from 1, as in node names.</summary>
    public required int Layer { get; init; }

    /// <summary>Rms difference from the trained network, millivolts.</summary>
    public required double RmsMillivolts { get; init; }

    /// <summary>Rms difference from the rung before, millivolts.</summary>
    public required double RmsChangeMillivolts { get; init; }

    /// <summary>Largest difference from the rung before, millivolts.</summary>
    public required double WorstChangeMillivolts { get; init; }
}
