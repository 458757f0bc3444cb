using System.Text.Json.Serialization;
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
        LearntRanges? ranges = network.Ranges;
        int[]? size = ranges is null ? null : [ranges.ArrayInputs, ranges.ArrayOutputs];
        float[][] shares = ranges is null ? [] : [[.. ranges.Shares]];
        FloatArchive.Write(path, new NetworkHeader(network.Network, network.History) { RangeArrays = size }, [network.Parameters.ToArray(), network.State.ToArray(), .. shares]);
    }

    /// <summary>Reads a network.</summary>
    /// <param name="path">File to read.</param>
    /// <returns>The network.</returns>
    /// <exception cref="InputFileException">The file is missing, broken, or its numbers do not fit its network.</exception>
    public static TrainedImageNetwork Read(string path)
    {
        (NetworkHeader header, float[][] arrays) = FloatArchive.Read<NetworkHeader>(path, h => h.RangeArrays is null ? 2 : 3);
        try
        {
            return new TrainedImageNetwork(header.Network, arrays[0], arrays[1], header.History)
            {
                Ranges = header.RangeArrays is [int inputs, int outputs] ? new LearntRanges(inputs, outputs, arrays[2]) : null,
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidDesignException)
        {
            throw new InputFileException(path, $"holds numbers that do not fit its network: {e.Message}", innerException: e);
        }
    }

    /// <summary>What stands before the numbers; <see cref="RangeArrays"/> is the size of arrays whose learnt ranges follow, inputs and outputs.</summary>
    internal sealed record NetworkHeader(NetworkSpec Network, IReadOnlyList<ImageEpoch> History)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int[]? RangeArrays { get; init; }
    }
}
