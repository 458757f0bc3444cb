using System.Buffers.Binary;
using System.IO.Compression;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Data;

/// <summary>Reads the small file of pooled grey images that is embedded as <c>mnist14</c>.</summary>
/// <remarks>
/// The file is one gzip stream. Uncompressed, little-endian: 8 bytes "CSPOOL01"; u16 count, width, height and full scale (the sum
/// of a white block); then count bytes of labels; then count·height·width u16 sums, [image, row, column]. A pixel is sum/full scale, so the mean of the
/// pooled bytes is exact: for 2 x 2 blocks of bytes the full scale is 4·255 = 1020.
/// </remarks>
internal static class PooledDigits
{
    /// <summary>First bytes of the uncompressed file.</summary>
    public static ReadOnlySpan<byte> Magic => "CSPOOL01"u8;

    /// <summary>Reads the file.</summary>
    /// <param name="stored">The gzip stream.</param>
    /// <param name="path">Its name for errors.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="source">Where the data come from.</param>
    /// <returns>Images with pixels in [0, 1] and ten classes, "0" to "9".</returns>
    /// <exception cref="InputFileException">The magic bytes or the length are wrong.</exception>
    public static DataSet Read(Stream stored, string path, string name, string source)
    {
        using var stream = new GZipStream(stored, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        ReadOnlySpan<byte> bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        if (bytes.Length < 16 || !bytes[..8].SequenceEqual(Magic))
            throw new InputFileException(path, "does not begin with CSPOOL01; it is no file of pooled images.", byteOffset: 0);
        int count = Word(bytes, 8), width = Word(bytes, 10), height = Word(bytes, 12), fullScale = Word(bytes, 14);
        long expected = 16 + count + 2L * count * width * height;
        if (bytes.Length != expected)
            throw new InputFileException(path, $"has {bytes.Length} bytes; {count} images of {width} x {height} need {expected}.", byteOffset: bytes.Length);

        var labels = new int[count];
        for (int i = 0; i < count; i++) labels[i] = bytes[16 + i];
        var pixels = new double[count * width * height];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = Word(bytes, 16 + count + 2 * i) / (double)fullScale;
        return new DataSet(name, width * height, pixels, labels, DataSets.DigitNames, source, imageWidth: width, imageHeight: height);
    }

    private static int Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
}
