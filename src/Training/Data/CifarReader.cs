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

    // As many as the whole training set; five batches then fit one array.
    private const int MostRecords = 50_000;

    private static readonly string[] ClassNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads batches one after the other.</summary>
    /// <param name="paths">Files to read, at least one; names ending in <c>.gz</c> are decompressed.</param>
    /// <returns>The images, 32 x 32 x 3.</returns>
    /// <exception cref="InputFileException">A file is missing, ends within a record, holds none or too many, or has a label above 9.</exception>
    public static LabelledImages Read(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        int[] counts = [.. paths.Select(Count)];
        int total = counts.Sum();
        var pixels = new byte[total * (Record - 1)];
        var labels = new byte[total];
        for (int p = 0, first = 0; p < counts.Length; first += counts[p++]) ReadBatch(paths[p], counts[p], pixels.AsSpan(first * (Record - 1)), labels.AsSpan(first));
        return new LabelledImages("cifar10", Side, Side, 3, pixels, labels, ClassNames);
    }

    // Records are counted before memory is taken for them: a packed file does not say how many it holds.
    private static int Count(string path)
    {
        using InputReader file = InputReader.Open(path);
        long bytes = file.CountRest((long)MostRecords * Record + 1);
        if (bytes > (long)MostRecords * Record)
            throw new InputFileException(path, $"holds more than {MostRecords} records, the most of a batch.", byteOffset: (long)MostRecords * Record);
        if (bytes == 0 || bytes % Record != 0)
            throw new InputFileException(path, $"has {bytes} bytes; a batch is one or more records of {Record}.", byteOffset: bytes / Record * Record);
        return (int)(bytes / Record);
    }

    private static void ReadBatch(string path, int count, Span<byte> pixels, Span<byte> labels)
    {
        using InputReader file = InputReader.Open(path);
        for (int r = 0; r < count; r++)
        {
            byte[] record = file.Read(Record);
            if (record.Length < Record) throw new InputFileException(path, $"ends while it is read, within record {r}.", byteOffset: file.Position);
            if (record[0] > 9) throw new InputFileException(path, $"label of record {r} is {record[0]}; classes are 0 to 9.", byteOffset: (long)r * Record);
            labels[r] = record[0];
            Span<byte> image = pixels.Slice(r * (Record - 1), Record - 1);
            for (int k = 0; k < image.Length; k++) image[k % Plane * 3 + k / Plane] = record[1 + k];
        }
    }
}
