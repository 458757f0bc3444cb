using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Layers;

/// <summary>A convolutional network, as plain data: input shape and layers.</summary>
public sealed record NetworkSpec
{
    /// <summary>Name by which reports call it.</summary>
    public required string Name { get; init; }

    /// <summary>Shape of a sample.</summary>
    public required FeatureShape Input { get; init; }

    /// <summary>Layers in order, at least one.</summary>
    public required IReadOnlyList<LayerSpec> Layers { get; init; }

    /// <summary>Shape of the output: 1 x 1 x classes.</summary>
    /// <exception cref="InvalidDesignException">A layer does not fit what comes before it; all violations are listed.</exception>
    public FeatureShape Output()
    {
        var problems = new List<string>();
        if (Input is not { Height: >= 1, Width: >= 1, Channels: >= 1 }) problems.Add($"the input is {Input}; every side is at least 1.");
        if (Layers.Count == 0) problems.Add("there are no layers.");
        FeatureShape output = problems.Count > 0 ? Input : Output(Input, Layers, problems);
        if (problems.Count > 0) throw new InvalidDesignException($"Network '{Name}'", problems);
        return output;
    }

    /// <summary>Every layer that is a matrix of weights, body before shortcut, in the order in which they are computed.</summary>
    /// <returns>Inputs and outputs of each matrix, and the pixels that pass through it for a sample.</returns>
    /// <exception cref="InvalidDesignException">A layer does not fit.</exception>
    public IReadOnlyList<MatrixShape> Matrices()
    {
        Output();
        var all = new List<MatrixShape>();
        Collect(Input, Layers, all);
        return all;
    }

    internal static FeatureShape Output(FeatureShape input, IReadOnlyList<LayerSpec> layers, List<string> problems)
    {
        for (int l = 0; l < layers.Count; l++)
        {
            int before = problems.Count;
            input = layers[l].Output(input, problems);
            for (int p = before; p < problems.Count; p++) problems[p] = $"layer {l + 1}: {problems[p]}";
        }

        return input;
    }

    private static FeatureShape Collect(FeatureShape input, IReadOnlyList<LayerSpec> layers, List<MatrixShape> all)
    {
        foreach (LayerSpec layer in layers)
        {
            FeatureShape output = layer.Output(input, []);
            if (layer is ConvolutionSpec c) all.Add(new MatrixShape($"convolution {c.Kernel}x{c.Kernel}x{input.Channels}x{c.OutputChannels}", c.Kernel * c.Kernel * input.Channels, c.OutputChannels, output.Height * output.Width));
            else if (layer is FullyConnectedSpec f) all.Add(new MatrixShape($"fully connected {input.Count}x{f.Outputs}", input.Count, f.Outputs, 1));
            else if (layer is ResidualSpec r)
            {
                Collect(input, r.Body, all);
                Collect(input, r.Shortcut, all);
            }

            input = output;
        }

        return input;
    }
}
