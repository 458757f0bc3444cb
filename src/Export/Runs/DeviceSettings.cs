using CircuitSim.Mapping;
using CircuitSim.Mapping.Schemes;

namespace CircuitSim.Export.Runs;

/// <summary>Which memristor carries the weights, and how much of its window is used.</summary>
public sealed record DeviceSettings
{
    /// <summary>Name of a device card.</summary>
    public string Card { get; init; } = "phax";

    /// <summary>K/σ_min: the trainable range of conductance over its minimum, positive.</summary>
    public double ConductanceRatio { get; init; } = PhaxScheme.DefaultConductanceRatio;

    /// <summary>How devices are programmed; <c>ideal</c> puts each on its target.</summary>
    public string Programming { get; init; } = "ideal";

    /// <summary>What happens to a conductance outside the window.</summary>
    public OutOfRange OutOfRange { get; init; } = OutOfRange.Reject;
}
