using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Data;

/// <summary>Labelled images of one size, one byte a number: what convolutional networks are trained and judged on.</summary>
public sealed record LabelledImages
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;

    /// <summary>Creates a set and checks it.</summary>
    /// <param name="name">Name by which experiments and reports call it.</param>
    /// <param name="height">Rows of an image, at least 1.</param>
    /// <param name="width">Columns of an image, at least 1.</param>
    /// <param name="channels">Numbers a pixel, at least 1.</param>
    /// <param name="pixels">Numbers 0 to 255, [image, row, column, channel]. Copied.</param>
    /// <param name="labels">Class of each image. Copied.</param>
    /// <param name="classNames">Name of each class, at least two.</param>
    /// <exception cref="InvalidDesignException">A length does not fit, or a label names no class; all violations are listed.</exception>
    public LabelledImages(string name, int height, int width, int channels, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        var problems = new List<string>();
        if (height < 1 || width < 1 || channels < 1) problems.Add($"images are {height} x {width} x {channels}; every side is at least 1.");
        if (labels.IsEmpty) problems.Add("there are no images.");
        if (pixels.Length != (long)labels.Length * height * width * channels) problems.Add($"{pixels.Length} pixels do not make {labels.Length} images of {height} x {width} x {channels}.");
        if (classNames.Count < 2) problems.Add($"{classNames.Count} class names; at least 2 are needed.");
        int bad = labels.IndexOfAnyInRange((byte)Math.Min(255, classNames.Count), byte.MaxValue);
        if (bad >= 0) problems.Add($"label {bad} is {labels[bad]}; classes are 0 to {classNames.Count - 1}.");
        if (problems.Count > 0) throw new InvalidDesignException($"Images '{name}'", problems);
        (Name, Height, Width, Channels, _pixels, _labels, ClassNames) = (name, height, width, channels, pixels.ToArray(), labels.ToArray(), [.. classNames]);
    }

    /// <summary>Name by which experiments and reports call it.</summary>
    public string Name { get; }

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Columns of an image.</summary>
    public int Width { get; }

    /// <summary>Numbers a pixel.</summary>
    public int Channels { get; }

    /// <summary>Images.</summary>
    public int Count => _labels.Length;

    /// <summary>Numbers an image.</summary>
    public int ImageLength => Height * Width * Channels;

    /// <summary>Numbers 0 to 255, [image, row, column, channel].</summary>
    public ReadOnlyMemory<byte> Pixels => _pixels;

    /// <summary>Class of each image.</summary>
    public ReadOnlyMemory<byte> Labels => _labels;

    /// <summary>Name of each class.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The first images.</summary>
    /// <param name="count">How many, at least 1; all when there are fewer.</param>
    /// <returns>The set, or a shorter one of the same name.</returns>
    public LabelledImages First(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count >= Count ? this : new LabelledImages(Name, Height, Width, Channels, _pixels.AsSpan(0, count * ImageLength), _labels.AsSpan(0, count), ClassNames);
    }
}
