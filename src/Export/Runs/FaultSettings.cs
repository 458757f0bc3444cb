using CircuitSim.Mapping.Devices;

namespace CircuitSim.Export.Runs;

/// <summary>Stuck devices: the rates of the card, or rates of the user's own.</summary>
public sealed record FaultSettings
{
    /// <summary>Rates of the user's own, or null to take those of the device card.</summary>
    public FaultRates? Rates { get; init; }
}
