using CircuitSim.Circuit.Devices;

namespace CircuitSim.Mapping.Devices;

/// <summary>I = a·x·sinh(b·V) with a·b·x = G: Yakopcic's model in a fixed state.</summary>
/// <param name="PerVolt">b, 1/V, positive.</param>
public sealed record YakopcicConduction(double PerVolt) : ConductionLaw
{
    /// <inheritdoc/>
    public override MemristorLaw At(double siemens) => new SinhMemristorLaw(siemens / PerVolt, PerVolt);
}
