using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Netlists;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Training.Data;

namespace CircuitSim.Samples;

/// <summary>Writes the netlists of a network for held-out samples.</summary>
public static class ExportDecks
{
    /// <summary>Prints the decks written for two samples.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        var mapping = new MappingOptions { Inverter = InverterModel.EkvPhax90, WordLineSegmentOhms = 1, BitLineSegmentOhms = 1 };
        NetworkCircuit circuit = NetworkMapper.Map(RandomNetwork.Create(4, 3, 2), PublishedCards.Phax, mapping).Circuit;
        var samples = new VoltageSet(4, [0.2, -0.1, 0.05, -0.25, 0.1, 0.1, -0.2, 0.0], [0, 1]);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("circuitsim-sample-");
        try
        {
            foreach (DeckEntry deck in DeckExporter.Write(Path.Combine(folder.FullName, "netlist"), "sample", circuit, samples, [0, 1]))
                output.Write($"{deck.Dialect}/{deck.File}: {deck.ElementCount} elements, {deck.NodeCount} nodes\n");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
