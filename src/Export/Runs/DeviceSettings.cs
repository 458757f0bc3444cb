using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Schemes;
using CircuitSim.Mapping.Variation;

namespace CircuitSim.Export.Runs;

/// <summary>Which memristor carries the weights, how it is programmed, and how much of its window is used.</summary>
public sealed record DeviceSettings
{
    /// <summary>Name of <see cref="Card"/> for a device described by <see cref="Generic"/>.</summary>
    public const string GenericCard = "generic";

    /// <summary>Name of a device card, path of a card file (.json), or <c>generic</c>.</summary>
    public string Card { get; init; } = "phax";

    /// <summary>Window and spread of the device that <c>card: generic</c> stands for; null with any other card.</summary>
    public GenericDevice? Generic { get; init; }

    /// <summary>K/σ_min: the trainable range of conductance over its minimum, positive.</summary>
    public double ConductanceRatio { get; init; } = PhaxScheme.DefaultConductanceRatio;

    /// <summary>How devices are programmed.</summary>
    public ProgrammingMode Programming { get; init; } = ProgrammingMode.Ideal;

    /// <summary>Verify: accept within this distance of the target, siemens, or null.</summary>
    public double? AcceptanceSiemens { get; init; }

    /// <summary>Verify: accept within this percentage of the target, or null.</summary>
    public double? AcceptancePercent { get; init; }

    /// <summary>Verify: pulses after which a device is given up, at least 1.</summary>
    public int MaximumPulses { get; init; } = 100;

    /// <summary>Equally spaced levels over the range that the network uses, at least 2; null takes those of the card where <see cref="Rounding"/> asks for levels.</summary>
    public int? Levels { get; init; }

    /// <summary>How targets become levels.</summary>
    public LevelRounding Rounding { get; init; } = LevelRounding.None;

    /// <summary>Time between programming and use, seconds, or null for the time at which the card was measured.</summary>
    public double? ReadSeconds { get; init; }

    /// <summary>Whether devices show the noise of one read.</summary>
    public bool ReadNoise { get; init; }

    /// <summary>Stuck devices, or null for none.</summary>
    public FaultSettings? Faults { get; init; }

    /// <summary>Where the devices of a neuron sit in the window; null chooses: least error for devices that miss their targets, lowest otherwise.</summary>
    public NeuronScale? Scale { get; init; }

    /// <summary>What happens to a conductance outside the window.</summary>
    public OutOfRange OutOfRange { get; init; } = OutOfRange.Reject;
}
