using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Variation;

namespace CircuitSim.Mapping;

/// <summary>Turns a trained network into a circuit of programmed devices.</summary>
public static class NetworkMapper
{
    /// <summary>Maps every weight to a device that sits on its target and lays the layers out as crossbars with wires; for real devices see <see cref="ChipSampler"/>.</summary>
    /// <remarks>Conductance = σ_min of the card · (1 + r·sigmoid(θ)), times the free scale of the neuron: only ratios matter to the passive sum.</remarks>
    /// <param name="network">The trained network.</param>
    /// <param name="card">The device technology.</param>
    /// <param name="options">Inverter, wires, and what to do outside the window.</param>
    /// <returns>The circuit, with targets and programmed conductances.</returns>
    /// <exception cref="ConductanceRangeException">A conductance lies outside the window and clipping was not asked for.</exception>
    /// <exception cref="InvalidDesignException">A wire resistance is out of range, or the card's window begins at 0 S.</exception>
    public static MappedNetwork Map(TrainedNetwork network, DeviceCard card, MappingOptions options) =>
        ChipSampler.Create(network, card, options, new ChipVariation()).Sample(seed: 0);
}
