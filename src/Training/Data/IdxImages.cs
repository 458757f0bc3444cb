namespace CircuitSim.Training.Data;

/// <summary>Grey images of one size, as bytes.</summary>
public sealed record IdxImages
{
    private readonly byte[] _pixels;

    /// <summary>Creates a list of images.</summary>
    /// <param name="count">Images.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows an image.</param>
    /// <param name="pixels">Pixels, [image, row, column], length count·height·width. Copied.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public IdxImages(int count, int width, int height, ReadOnlySpan<byte> pixels)
    {
        if (pixels.Length != (long)count * width * height)
            throw new ArgumentException($"{pixels.Length} pixels; {(long)count * width * height} are needed.", nameof(pixels));
        Count = count;
        Width = width;
        Height = height;
        _pixels = pixels.ToArray();
    }

    /// <summary>Images.</summary>
    public int Count { get; }

    /// <summary>Pixels a row.</summary>
    public int Width { get; }

    /// <summary>Rows an image.</summary>
    public int Height { get; }

    /// <summary>Pixels, [image, row, column]; 0 is background, 255 is ink.</summary>
    public ReadOnlyMemory<byte> Pixels => _pixels;
}
