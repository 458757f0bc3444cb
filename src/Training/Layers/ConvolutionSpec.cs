namespace CircuitSim.Training.Layers;

/// <summary>Convolution with a square kernel; on arrays it is a matrix of kernel²·channels inputs by <see cref="OutputChannels"/> outputs.</summary>
public sealed record ConvolutionSpec : LayerSpec
{
    /// <summary>Channels of the output, at least 1.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Side of the kernel, at least 1.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>Distance between neighbouring patches, at least 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Zeros around the image, 0 to <see cref="Kernel"/> − 1.</summary>
    public int Padding { get; init; } = 1;

    /// <summary>Whether each output channel has a bias, which is added digitally.</summary>
    public bool HasBias { get; init; } = true;

    internal override FeatureShape Output(FeatureShape input, List<string> problems)
    {
        int before = problems.Count;
        if (OutputChannels < 1) problems.Add($"a convolution has {OutputChannels} output channels; at least 1 is needed.");
        if (Kernel is < 1 or > ushort.MaxValue) problems.Add($"a convolution has a kernel of {Kernel}; 1 to {ushort.MaxValue} is allowed.");
        if (Stride < 1) problems.Add($"a convolution has a stride of {Stride}; at least 1 is needed.");
        if (Padding < 0 || Padding >= Kernel) problems.Add($"a convolution has a padding of {Padding}; 0 to kernel − 1 = {Kernel - 1} is allowed.");
        if (problems.Count == before && (input.Height + 2 * Padding < Kernel || input.Width + 2 * Padding < Kernel))
            problems.Add($"a kernel of {Kernel} does not fit an input of {input} with padding {Padding}.");
        if (problems.Count > before) return input;
        return new FeatureShape((input.Height + 2 * Padding - Kernel) / Stride + 1, (input.Width + 2 * Padding - Kernel) / Stride + 1, OutputChannels);
    }
}
