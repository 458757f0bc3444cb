using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.Data;

/// <summary>Reads the binary version of CIFAR-10: records of one label and 3072 bytes, three planes of 32 x 32.</summary>
/// <remarks>Format: A. Krizhevsky, https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version".</remarks>
public static class CifarReader
{
    private const int Side = 32;
    private const int Plane = Side * Side;
    private const int Record = 1 + 3 * Plane;

    private static readonly string[] ClassNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads batches one after the other.</summary>
    /// <param name="paths">Files to read, at least one; names ending in <c>.gz</c> are decompressed.</param>
    /// <returns>The images, 32 x 32 x 3.</returns>
    /// <exception cref="InputFileException">A file is missing, ends within a record, holds none, or has a label above 9.</exception>
    public static LabelledImages Read(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var pixels = new MemoryStream();
        var labels = new List<byte>();
        foreach (string path in paths) ReadBatch(path, pixels, labels);
        return new LabelledImages("cifar10", Side, Side, 3, pixels.GetBuffer().AsSpan(0, (int)pixels.Length), labels.ToArray(), ClassNames);
    }

    private static void ReadBatch(string path, MemoryStream pixels, List<byte> labels)
    {
        byte[] bytes = InputBytes.ReadUnpacked(path);
        if (bytes.Length == 0 || bytes.Length % Record != 0)
            throw new InputFileException(path, $"has {bytes.Length} bytes; a batch is one or more records of {Record}.", byteOffset: bytes.Length / Record * Record);
        var image = new byte[3 * Plane];
        for (int start = 0; start < bytes.Length; start += Record)
        {
            if (bytes[start] > 9) throw new InputFileException(path, $"label of record {start / Record} is {bytes[start]}; classes are 0 to 9.", byteOffset: start);
            labels.Add(bytes[start]);
            for (int k = 0; k < 3 * Plane; k++) image[k % Plane * 3 + k / Plane] = bytes[start + 1 + k];
            pixels.Write(image);
        }
    }
}
