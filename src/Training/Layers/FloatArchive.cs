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
        where THeader : class
    {
        using InputReader file = InputReader.Open(path);
        if (!file.Read(Magic.Length).AsSpan().SequenceEqual(Magic)) throw new InputFileException(path, "does not begin with 'CSFLOAT1': it is no file of trained numbers.", byteOffset: 0);
        int length = Length();
        THeader header = JsonInput.Read<THeader>(Take(length), path, "a description of trained numbers in its header", "Train again.", Strict, null);
        var arrays = new float[arrayCount(header)][];
        for (int a = 0; a < arrays.Length; a++)
        {
            int count = Length();
            if (count > int.MaxValue / sizeof(float)) throw new InputFileException(path, $"announces {count} numbers; the file is broken.", byteOffset: file.Position);
            arrays[a] = MemoryMarshal.Cast<byte, float>(Take(count * sizeof(float)).AsSpan()).ToArray();
        }

        if (file.Position != file.Most) throw new InputFileException(path, $"goes on for {file.Most - file.Position} bytes after its last number.", byteOffset: file.Position);
        return (header, arrays);

        int Length()
        {
            int value = BitConverter.ToInt32(Take(sizeof(int)));
            return value >= 0 ? value : throw new InputFileException(path, $"announces {value} entries; the file is broken.", byteOffset: file.Position);
        }

        byte[] Take(int count)
        {
            if (file.Most - file.Position < count) throw new InputFileException(path, $"ends after {file.Most} bytes, within its numbers; it is not whole.", byteOffset: file.Most);
            byte[] piece = file.Read(count);
            return piece.Length == count ? piece : throw new InputFileException(path, "ends while it is read; it is not whole.", byteOffset: file.Position);
        }
    }
}
