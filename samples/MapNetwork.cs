using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;

namespace CircuitSim.Samples;

/// <summary>Maps the weights of a network onto memristors of a published technology.</summary>
public static class MapNetwork
{
    /// <summary>Prints the range of conductances of each layer.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        var mapping = new MappingOptions { Inverter = InverterModel.EkvPhax90, WordLineSegmentOhms = 1, BitLineSegmentOhms = 1 };
        MappedNetwork mapped = NetworkMapper.Map(RandomNetwork.Create(16, 8, 4), PublishedCards.Phax, mapping);

        output.Write($"{mapped.DeviceCount} devices on card '{mapped.Card.Name}', {mapped.ClippedCount} clipped\n");
        foreach (MappedLayer layer in mapped.Layers)
        {
            double[] siemens = layer.ProgrammedSiemens.ToArray();
            output.Write($"{layer.WordLineCount} x {layer.BitLineCount}: {1e6 * siemens.Min():F3} to {1e6 * siemens.Max():F3} µS\n");
        }
    }
}
