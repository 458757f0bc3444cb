using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Devices;

namespace CircuitSim.Mapping;

/// <summary>A trained network as a circuit, with the conductance of every device before and after programming.</summary>
/// <param name="Circuit">The circuit that is solved and exported.</param>
/// <param name="Card">The device technology.</param>
/// <param name="Layers">Conductances, layer by layer.</param>
public sealed record MappedNetwork(NetworkCircuit Circuit, DeviceCard Card, IReadOnlyList<MappedLayer> Layers)
{
    /// <summary>Memristors in the whole network.</summary>
    public long DeviceCount => Layers.Sum(l => (long)l.WordLineCount * l.BitLineCount);

    /// <summary>Devices that were clipped to the window.</summary>
    public int ClippedCount => Layers.Sum(l => l.ClippedCount);
}
