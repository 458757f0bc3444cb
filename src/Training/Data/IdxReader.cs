using System.Buffers.Binary;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.Data;

/// <summary>Reads the IDX format of the MNIST database: big-endian header and unsigned bytes, plain or gzip-compressed.</summary>
/// <remarks>Format: http://yann.lecun.com/exdb/mnist/, "FILE FORMATS FOR THE MNIST DATABASE". Byte offsets in errors count uncompressed bytes.</remarks>
public static class IdxReader
{
    private const uint ImageMagic = 0x00000803;
    private const uint LabelMagic = 0x00000801;

    /// <summary>Reads an image file.</summary>
    /// <param name="path">File to read; a name ending in <c>.gz</c> is decompressed.</param>
    /// <returns>The images.</returns>
    /// <exception cref="InputFileException">The file is missing, truncated, has another magic number, or goes on after its last image.</exception>
    public static IdxImages ReadImages(string path)
    {
        byte[] bytes = InputBytes.ReadUnpacked(path);
        CheckMagic(path, bytes, ImageMagic, "images");
        int count = Dimension(path, bytes, 4, "image count"), height = Dimension(path, bytes, 8, "rows"), width = Dimension(path, bytes, 12, "columns");
        if (height == 0 || width == 0)
            throw new InputFileException(path, $"images of {width} x {height} pixels; at least 1 x 1 is needed.", byteOffset: 8);
        CheckLength(path, bytes, 16, (long)count * height * width, $"{count} images of {width} x {height} pixels");
        return new IdxImages(count, width, height, bytes.AsSpan(16));
    }

    /// <summary>Reads a label file.</summary>
    /// <param name="path">File to read; a name ending in <c>.gz</c> is decompressed.</param>
    /// <returns>One label a sample.</returns>
    /// <exception cref="InputFileException">The file is missing, truncated, has another magic number, or goes on after its last label.</exception>
    public static byte[] ReadLabels(string path)
    {
        byte[] bytes = InputBytes.ReadUnpacked(path);
        CheckMagic(path, bytes, LabelMagic, "labels");
        int count = Dimension(path, bytes, 4, "label count");
        CheckLength(path, bytes, 8, count, $"{count} labels");
        return bytes[8..];
    }

    private static void CheckMagic(string path, byte[] bytes, uint expected, string content)
    {
        if (bytes.Length < 4)
            throw new InputFileException(path, $"ends after {bytes.Length} bytes; an IDX file begins with 4 bytes of magic number.", byteOffset: bytes.Length);
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (magic != expected)
            throw new InputFileException(path, $"magic number is {magic} (0x{magic:X8}); an IDX file of {content} has {expected} (0x{expected:X8}).", byteOffset: 0);
    }

    private static int Dimension(string path, byte[] bytes, int offset, string what)
    {
        if (bytes.Length < offset + 4)
            throw new InputFileException(path, $"ends within the header, before the {what}.", byteOffset: bytes.Length);
        uint value = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset));
        if (value > int.MaxValue)
            throw new InputFileException(path, $"{what} is {value}; at most {int.MaxValue} can be read.", byteOffset: offset);
        return (int)value;
    }

    private static void CheckLength(string path, byte[] bytes, int header, long content, string what)
    {
        if (bytes.Length < header + content)
            throw new InputFileException(path, $"ends after {bytes.Length} bytes; its header announces {what}, which need {header + content}.", byteOffset: bytes.Length);
        if (bytes.Length > header + content)
            throw new InputFileException(path, $"goes on for {bytes.Length - header - content} bytes after the {what} that its header announces.", byteOffset: header + content);
    }
}
