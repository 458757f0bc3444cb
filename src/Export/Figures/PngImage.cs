using System.Buffers.Binary;
using System.IO.Compression;

namespace CircuitSim.Export.Figures;

/// <summary>Encodes images with a palette as PNG (ISO/IEC 15948): one byte a pixel, the blank level transparent.</summary>
internal static class PngImage
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Encodes levels of a colour map.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Number of rows.</param>
    /// <param name="levels">Levels, row-major, width·height of them.</param>
    /// <param name="colours">Colours of the levels.</param>
    /// <returns>The bytes of a PNG file.</returns>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> levels, ColourMap colours)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        // Eight bits a sample, colour type 3 (palette); compression, filter and interlace have one value each here.
        header[8] = 8;
        header[9] = 3;
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "PLTE"u8, colours.Palette);
        Chunk(png, "tRNS"u8, [0]);
        Chunk(png, "IDAT"u8, Compress(width, height, levels));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Compress(int width, int height, ReadOnlySpan<byte> levels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int row = 0; row < height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(levels.Slice(row * width, width));
            }
        }

        return compressed.ToArray();
    }

    private static void Chunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data) crc = CrcTable[(crc ^ value) & 255] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++) value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }

        return table;
    }
}
