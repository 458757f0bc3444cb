using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Layers;

/// <summary>Writes and reads trained convolutional networks.</summary>
public static class TrainedImageNetworkFile
{
    /// <summary>Writes a network; the file appears when it is whole.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="network">The network.</param>
    public static void Write(string path, TrainedImageNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        FloatArchive.Write(path, new NetworkHeader(network.Network, network.History), network.Parameters.ToArray(), network.State.ToArray());
    }

    /// <summary>Reads a network.</summary>
    /// <param name="path">File to read.</param>
    /// <returns>The network.</returns>
    /// <exception cref="InputFileException">The file is missing, broken, or its numbers do not fit its network.</exception>
    public static TrainedImageNetwork Read(string path)
    {
        (NetworkHeader header, float[][] arrays) = FloatArchive.Read<NetworkHeader>(path, 2);
        try
        {
            return new TrainedImageNetwork(header.Network, arrays[0], arrays[1], header.History);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDesignException)
        {
            throw new InputFileException(path, $"holds numbers that do not fit its network: {e.Message}", innerException: e);
        }
    }

    internal sealed record NetworkHeader(NetworkSpec Network, IReadOnlyList<ImageEpoch> History);
}
