using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Tests.Figures;

public sealed class PngImageTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Pixels_come_back_from_the_file()
    {
        byte[] levels = [.. Enumerable.Range(0, 7 * 5).Select(i => (byte)(i * 37))];

        Dictionary<string, byte[]> chunks = Chunks(PngImage.Encode(7, 5, levels, ColourMap.Viridis));

        Assert.Equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"], chunks.Keys);
        Assert.Equal([0, 0, 0, 7, 0, 0, 0, 5, 8, 3, 0, 0, 0], chunks["IHDR"]);
        Assert.Equal(levels, Pixels(chunks["IDAT"], 7, 5));
        // Only the blank level is transparent.
        Assert.Equal([0], chunks["tRNS"]);
    }

    [Fact]
    [Trait("Kind", "golden")]
    public void Viridis_has_the_published_colours()
    {
        byte[] palette = Chunks(PngImage.Encode(1, 1, [1], ColourMap.Viridis))["PLTE"];

        Assert.Equal(3 * 256, palette.Length);
        // First and last entry of the published table.
        Assert.Equal([0x44, 0x01, 0x54], palette[3..6]);
        Assert.Equal([0xFD, 0xE7, 0x25], palette[(3 * 255)..]);
        // Ten anchors stand for 256 colours; the middle entry is 21 91 8C, and three steps of 255 cannot be seen.
        byte[] middle = palette[(3 * 128)..(3 * 128 + 3)];
        Assert.All(middle.Zip(new byte[] { 0x21, 0x91, 0x8C }), pair => Assert.InRange(pair.First - pair.Second, -3, 3));
    }

    private static Dictionary<string, byte[]> Chunks(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var chunks = new Dictionary<string, byte[]>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            ReadOnlySpan<byte> typeAndData = png.AsSpan(at + 4, 4 + length);
            Assert.Equal(Crc(typeAndData), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            chunks.Add(Encoding.ASCII.GetString(typeAndData[..4]), typeAndData[4..].ToArray());
            at += 12 + length;
        }

        return chunks;
    }

    private static byte[] Pixels(byte[] data, int width, int height)
    {
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        byte[] pixels = new byte[width * height], row = new byte[width + 1];
        for (int i = 0; i < height; i++)
        {
            zlib.ReadExactly(row);
            Assert.Equal(0, row[0]);
            row.AsSpan(1).CopyTo(pixels.AsSpan(i * width));
        }

        Assert.Equal(-1, zlib.ReadByte());
        return pixels;
    }

    // Bit by bit, as ISO 3309 defines it, to check the table of the encoder.
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
