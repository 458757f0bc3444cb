using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Mapping.Networks;

/// <summary>A trained network on disk: <c>model.json</c>, and the weights of each layer in a NumPy file beside it.</summary>
public static class TrainedNetworkFile
{
    private const int SchemaVersion = 1;

    /// <summary>Writes a network.</summary>
    /// <param name="path">Path of the JSON file; weights stand beside it as <c>name.theta1.npy</c> and so on.</param>
    /// <param name="network">The network.</param>
    public static void Write(string path, TrainedNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var layers = new List<LayerEntry>();
        for (int i = 0; i < network.Layers.Count; i++)
        {
            TrainedLayer layer = network.Layers[i];
            string weights = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}.theta{i + 1}.npy");
            AtomicFile.Write(Path.Combine(folder, weights), s => NpyFile.Write(s, layer.Theta.Span, layer.WordLineCount, layer.OutputCount));
            layers.Add(new LayerEntry(layer.InputCount, layer.OutputCount, weights));
        }

        var entry = new NetworkEntry(SchemaVersion, "phax", network.SupplyVolts, network.ConductanceRatio, network.NeuronCurve, layers);
        AtomicFile.Write(path, s => JsonSerializer.Serialize(s, entry, StrictJson.Options));
    }

    /// <summary>Reads a network.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <returns>The network.</returns>
    /// <exception cref="InputFileException">A file is missing or does not hold what the format asks for.</exception>
    /// <exception cref="InvalidDesignException">The layers do not fit each other.</exception>
    public static TrainedNetwork Read(string path)
    {
        NetworkEntry entry = ReadEntry(path);
        var layers = new List<TrainedLayer>();
        foreach (LayerEntry layer in entry.Layers)
        {
            string weights = InnerPath.Of(path, layer.ThetaFile);
            (double[] theta, int rows, int columns) = NpyFile.Read(weights);
            if (rows != 2L * layer.InputCount + 2 || columns != layer.OutputCount)
            {
                throw new InputFileException(weights,
                    $"holds {rows} x {columns} weights; {path} asks for {2L * layer.InputCount + 2} word lines x {layer.OutputCount} neurons.");
            }

            layers.Add(new TrainedLayer(layer.InputCount, layer.OutputCount, theta));
        }

        return new TrainedNetwork(entry.SupplyVolts, entry.ConductanceRatio, entry.NeuronCurve, layers);
    }

    private static NetworkEntry ReadEntry(string path)
    {
        NetworkEntry entry = JsonInput.Read<NetworkEntry>(path, "a trained network", "Train again.", StrictJson.Options);
        if (entry.SchemaVersion != SchemaVersion || entry.Scheme != "phax")
        {
            throw new InputFileException(path,
                $"has schema version {entry.SchemaVersion} and scheme '{entry.Scheme}'; this program reads version {SchemaVersion} and scheme 'phax'.");
        }

        return entry;
    }

    private sealed record NetworkEntry(
        int SchemaVersion, string Scheme, double SupplyVolts, double ConductanceRatio, string NeuronCurve, IReadOnlyList<LayerEntry> Layers);

    private sealed record LayerEntry(int InputCount, int OutputCount, string ThetaFile);
}
