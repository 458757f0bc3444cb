namespace CircuitSim.Circuit.Crossbars;

/// <summary>One device of an array as it is read at the end of its bit line.</summary>
public sealed record CellRead
{
    /// <summary>Current into the end of the selected bit line, amperes: what a sense amplifier measures.</summary>
    public required double BitLineAmps { get; init; }

    /// <summary>Current through the selected device, amperes.</summary>
    public required double DeviceAmps { get; init; }

    /// <summary>Power that all sources deliver during the read, watts.</summary>
    public required double SourceWatts { get; init; }

    /// <summary>Current that reaches the end by other devices, amperes; negative where they take current away.</summary>
    public double SneakAmps => BitLineAmps - DeviceAmps;

    /// <summary>Sneak current over the current that is measured.</summary>
    public double SneakShare => SneakAmps / BitLineAmps;
}
