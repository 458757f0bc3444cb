using System.Buffers.Binary;
using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Export.Tests.ArchitectureAware;

/// <summary>A data folder with square images in the IDX format: a bright quarter in noise, ten classes of which four occur.</summary>
internal static class QuarterImages
{
    internal static void Write(string folder, int side = 8)
    {
        string place = Path.Combine(folder, "mnist");
        Directory.CreateDirectory(place);
        Write(place, "train", 300, side);
        Write(place, "t10k", 100, side);
    }

    private static void Write(string folder, string part, int count, int side)
    {
        CounterRandom labels = new(4, $"{part} labels"), pixels = new(4, $"{part} pixels");
        byte[] label = new byte[8 + count], image = new byte[16 + count * side * side];
        Head(label, 0x801, count);
        Head(image, 0x803, count, side, side);
        for (int i = 0; i < count; i++) label[8 + i] = (byte)labels.Below((ulong)i, 4);
        for (int k = 0; k < count * side * side; k++)
        {
            int quarter = k / side % side / (side / 2) * 2 + k % side / (side / 2);
            image[16 + k] = (byte)(pixels.Below((ulong)k, 140) + (quarter == label[8 + k / (side * side)] ? 60 : 0));
        }

        File.WriteAllBytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), label);
        File.WriteAllBytes(Path.Combine(folder, $"{part}-images-idx3-ubyte"), image);
    }

    private static void Head(byte[] bytes, params int[] numbers)
    {
        for (int k = 0; k < numbers.Length; k++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * k), numbers[k]);
    }
}
