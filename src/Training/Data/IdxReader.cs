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

    private const long MostCounted = 1 << 20;

    /// <summary>Reads an image file.</summary>
    /// <param name="path">File to read; a name ending in <c>.gz</c> is decompressed.</param>
    /// <param name="labelPath">File of the labels that go with the images, which must be as many; null for none.</param>
    /// <returns>The images.</returns>
    /// <exception cref="InputFileException">The file is missing, truncated, has another magic number, announces more than it can hold, or goes on after its last image; or there are not as many labels.</exception>
    public static IdxImages ReadImages(string path, string? labelPath = null)
    {
        using InputReader file = InputReader.Open(path);
        CheckMagic(file, ImageMagic, "images");
        int count = Dimension(file, "image count"), height = Dimension(file, "rows"), width = Dimension(file, "columns");
        if (height == 0 || width == 0)
            throw new InputFileException(path, $"images of {width} x {height} pixels; at least 1 x 1 is needed.", byteOffset: 8);
        if (labelPath is not null)
        {
            using InputReader labels = InputReader.Open(labelPath);
            CheckMagic(labels, LabelMagic, "labels");
            int labelCount = Dimension(labels, "label count");
            if (labelCount != count) throw new InputFileException(labelPath, $"has {labelCount} labels, but {path} has {count} images.", byteOffset: 4);
        }

        // Sides are 31-bit numbers, so that their product needs more than 64.
        decimal pixels = (decimal)count * height * width;
        return new IdxImages(count, width, height, Content(file, pixels, $"{count} images of {width} x {height} pixels"));
    }

    /// <summary>Reads a label file.</summary>
    /// <param name="path">File to read; a name ending in <c>.gz</c> is decompressed.</param>
    /// <returns>One label a sample.</returns>
    /// <exception cref="InputFileException">The file is missing, truncated, has another magic number, announces more than it can hold, or goes on after its last label.</exception>
    public static byte[] ReadLabels(string path)
    {
        using InputReader file = InputReader.Open(path);
        CheckMagic(file, LabelMagic, "labels");
        int count = Dimension(file, "label count");
        return Content(file, count, $"{count} labels");
    }

    private static void CheckMagic(InputReader file, uint expected, string content)
    {
        byte[] bytes = file.Read(4);
        if (bytes.Length < 4)
            throw new InputFileException(file.Path, $"ends after {bytes.Length} bytes; an IDX file begins with 4 bytes of magic number.", byteOffset: bytes.Length);
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (magic != expected)
            throw new InputFileException(file.Path, $"magic number is {magic} (0x{magic:X8}); an IDX file of {content} has {expected} (0x{expected:X8}).", byteOffset: 0);
    }

    private static int Dimension(InputReader file, string what)
    {
        long offset = file.Position;
        byte[] bytes = file.Read(4);
        if (bytes.Length < 4)
            throw new InputFileException(file.Path, $"ends within the header, before the {what}.", byteOffset: file.Position);
        uint value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (value > int.MaxValue)
            throw new InputFileException(file.Path, $"{what} is {value}; at most {int.MaxValue} can be read.", byteOffset: offset);
        return (int)value;
    }

    // The header comes first: nothing is read that it does not announce, and no memory taken for what the file cannot hold.
    private static byte[] Content(InputReader file, decimal count, string what)
    {
        long header = file.Position;
        if (count > InputBytes.MostBytes)
            throw new InputFileException(file.Path, $"announces {what}; at most {InputBytes.MostBytes} bytes are read.", byteOffset: 4);
        byte[] content = file.Read((long)count);
        if (content.Length < count)
            throw new InputFileException(file.Path, $"ends after {file.Position} bytes; its header announces {what}, which need {header + count}.", byteOffset: file.Position);
        long rest = file.CountRest(MostCounted);
        if (rest > 0)
            throw new InputFileException(file.Path, $"goes on for {rest}{(rest == MostCounted ? " or more" : "")} bytes after the {what} that its header announces.", byteOffset: header + content.Length);
        return content;
    }
}
