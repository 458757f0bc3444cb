using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Export.Attribution;

/// <summary>One device of a programmed array read back at the end of its bit line, as a programmer would verify it.</summary>
/// <remarks>The bit line then ends in a virtual ground instead of a gate; every wire and every other device is there.</remarks>
public sealed record DeviceRead
{
    /// <summary>What the other lines are held at.</summary>
    public required ReadScheme Scheme { get; init; }

    /// <summary>The device, for example <c>rl1_12_34</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Read voltage on its word line, volts.</summary>
    public required double ReadVolts { get; init; }

    /// <summary>Current through the device, microamperes.</summary>
    public required double DeviceMicroamps { get; init; }

    /// <summary>Current at the end of its bit line, which is what is measured, microamperes.</summary>
    public required double BitLineMicroamps { get; init; }

    /// <summary>Share of the measured current that came by other devices, percent; negative where they take current away.</summary>
    public required double SneakSharePercent { get; init; }

    /// <summary>Power of all sources during the read, microwatts.</summary>
    public required double Microwatts { get; init; }

    /// <summary>The same current by the closed form for ideal wires and other devices all of the layer's mean conductance, microamperes.</summary>
    public required double EstimatedMicroamps { get; init; }
}
