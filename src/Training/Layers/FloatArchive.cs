using System.Runtime.InteropServices;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.Layers;

/// <summary>A file of a JSON header and arrays of floats: eight bytes "CSFLOAT1", the header's length, the header, then for each array its length and numbers, all little-endian.</summary>
internal static class FloatArchive
{
    private static readonly byte[] Magic = "CSFLOAT1"u8.ToArray();

    private static readonly JsonSerializerOptions Strict = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public static void Write<THeader>(string path, THeader header, params IReadOnlyList<float[]> arrays) => AtomicFile.Write(path, stream =>
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(header);
        writer.Write(Magic);
        writer.Write(text.Length);
        writer.Write(text);
        foreach (float[] array in arrays)
        {
            writer.Write(array.Length);
            writer.Write(MemoryMarshal.AsBytes(array.AsSpan()));
        }
    });

    /// <summary>Reads a file back.</summary>
    /// <exception cref="InputFileException">The file is missing, cut short, or something else.</exception>
    /// <param name="path">File to read.</param>
    /// <param name="arrayCount">Arrays that follow a header.</param>
    public static (THeader Header, float[][] Arrays) Read<THeader>(string path, Func<THeader, int> arrayCount)
    {
        byte[] bytes = InputBytes.Read(path);
        if (!bytes.AsSpan().StartsWith(Magic)) throw new InputFileException(path, "does not begin with 'CSFLOAT1': it is no file of trained numbers.", byteOffset: 0);
        int at = Magic.Length;
        int length = Length();
        THeader header;
        try
        {
            header = JsonSerializer.Deserialize<THeader>(Take(length), Strict) ?? throw new InputFileException(path, "has an empty header.", byteOffset: at);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InputFileException(path, $"has a header that is no description of trained numbers: {e.Message}", byteOffset: Magic.Length + 4, innerException: e);
        }

        var arrays = new float[arrayCount(header)][];
        for (int a = 0; a < arrays.Length; a++)
        {
            int count = Length();
            if (count > int.MaxValue / sizeof(float)) throw new InputFileException(path, $"announces {count} numbers; the file is broken.", byteOffset: at);
            arrays[a] = MemoryMarshal.Cast<byte, float>(Take(count * sizeof(float))).ToArray();
        }

        if (at != bytes.Length) throw new InputFileException(path, $"goes on for {bytes.Length - at} bytes after its last number.", byteOffset: at);
        return (header, arrays);

        int Length()
        {
            int value = BitConverter.ToInt32(Take(sizeof(int)));
            return value >= 0 ? value : throw new InputFileException(path, $"announces {value} entries; the file is broken.", byteOffset: at);
        }

        ReadOnlySpan<byte> Take(int count)
        {
            if (bytes.Length - at < count) throw new InputFileException(path, $"ends after {bytes.Length} bytes, within its numbers; it is not whole.", byteOffset: bytes.Length);
            ReadOnlySpan<byte> piece = bytes.AsSpan(at, count);
            at += count;
            return piece;
        }
    }
}
