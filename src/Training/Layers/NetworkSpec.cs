using System.Text.Json.Serialization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Layers;

/// <summary>A convolutional network, as plain data: input shape and layers.</summary>
public sealed record NetworkSpec
{
    // Most numbers of a sample between two layers, and most weights of a layer: counts in the engine are 32-bit.
    private const double MostNumbers = 1 << 28;

    /// <summary>Name by which reports call it.</summary>
    public required string Name { get; init; }

    /// <summary>Shape of a sample.</summary>
    public required FeatureShape Input { get; init; }

    /// <summary>What is done to pixels first, or null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InputNormalization? Normalization { get; init; }

    /// <summary>Layers in order, at least one.</summary>
    public required IReadOnlyList<LayerSpec> Layers { get; init; }

    /// <summary>Shape of the output: 1 x 1 x classes.</summary>
    /// <exception cref="InvalidDesignException">A layer does not fit what comes before it; all violations are listed.</exception>
    public FeatureShape Output()
    {
        var problems = new List<string>();
        if (Input is not { Height: >= 1, Width: >= 1, Channels: >= 1 }) problems.Add($"the input is {Input}; every side is at least 1.");
        else if ((double)Input.Height * Input.Width * Input.Channels > MostNumbers) problems.Add($"the input is {Input}; at most {MostNumbers} numbers a sample are supported.");
        if (Normalization is { } n && (n.Mean.Count != Input.Channels || n.Deviation.Count != Input.Channels))
            problems.Add($"there are {n.Mean.Count} means and {n.Deviation.Count} deviations of pixels; one for each of {Input.Channels} channels is needed.");
        if (Normalization is { } scale && (!scale.Deviation.All(d => d > 0 && double.IsFinite(d)) || !scale.Mean.All(double.IsFinite)))
            problems.Add("a deviation of pixels is not above 0, or a mean is no number.");
        if (Layers.Count == 0) problems.Add("there are no layers.");
        FeatureShape output = problems.Count > 0 ? Input : Output(Input, Layers, problems);
        if (Layers.Count > 0 && !HasMatrix(Layers)) problems.Add("no layer has weights; a convolution or a fully connected layer is needed.");
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
        Collect(Input, Layers, Normalization is not null, all);
        return all;
    }

    internal static FeatureShape Output(FeatureShape input, IReadOnlyList<LayerSpec> layers, List<string> problems)
    {
        for (int l = 0; l < layers.Count; l++)
        {
            int before = problems.Count;
            FeatureShape output = layers[l].Output(input, problems);
            double weights = layers[l] switch { ConvolutionSpec c => (double)c.Kernel * c.Kernel * input.Channels * c.OutputChannels, FullyConnectedSpec f => (double)input.Count * f.Outputs, _ => 0 };
            if (problems.Count == before && Math.Max(weights, (double)output.Height * output.Width * output.Channels) > MostNumbers)
                problems.Add($"it has {weights:G3} weights and gives {output}; at most {MostNumbers} of each are supported.");
            input = problems.Count == before ? output : input;
            for (int p = before; p < problems.Count; p++) problems[p] = $"layer {l + 1}: {problems[p]}";
        }

        return input;
    }

    /// <summary>How many parameters and numbers of state a network has, counted before any memory is taken.</summary>
    /// <exception cref="InvalidDesignException">A layer does not fit.</exception>
    internal (long Parameters, long State) CountNumbers()
    {
        Output();
        (long parameters, long state) = (0, 0);
        Count(Input, Layers);
        return (parameters, state);

        void Count(FeatureShape input, IReadOnlyList<LayerSpec> layers)
        {
            foreach (LayerSpec layer in layers)
            {
                FeatureShape output = layer.Output(input, []);
                switch (layer)
                {
                    case ConvolutionSpec c:
                        parameters += (long)c.Kernel * c.Kernel * input.Channels * c.OutputChannels + (c.HasBias ? c.OutputChannels : 0);
                        state++;
                        break;
                    case FullyConnectedSpec f:
                        parameters += (long)input.Count * f.Outputs + (f.HasBias ? f.Outputs : 0);
                        state++;
                        break;
                    case BatchNormalizationSpec:
                        parameters += 2 * input.Channels;
                        state += 2 * input.Channels;
                        break;
                    case ResidualSpec r:
                        Count(input, r.Body);
                        Count(input, r.Shortcut);
                        break;
                }

                input = output;
            }
        }
    }

    private static bool HasMatrix(IReadOnlyList<LayerSpec> layers) =>
        layers.Any(l => l is ConvolutionSpec or FullyConnectedSpec || (l is ResidualSpec r && (HasMatrix(r.Body) || HasMatrix(r.Shortcut))));

    /// <summary>Whether numbers may be below zero after layers: a ReLU takes signs away, weights and normalisation bring them.</summary>
    internal static bool IsSigned(IReadOnlyList<LayerSpec> layers, bool isSigned)
    {
        foreach (LayerSpec layer in layers)
        {
            isSigned = layer switch
            {
                ReluSpec => false,
                PoolSpec => isSigned,
                ResidualSpec r => IsSigned(r.Body, isSigned) || IsSigned(r.Shortcut, isSigned),
                _ => true,
            };
        }

        return isSigned;
    }

    private static void Collect(FeatureShape input, IReadOnlyList<LayerSpec> layers, bool isSigned, List<MatrixShape> all)
    {
        foreach (LayerSpec layer in layers)
        {
            FeatureShape output = layer.Output(input, []);
            if (layer is ConvolutionSpec c)
                all.Add(new MatrixShape($"convolution {c.Kernel}x{c.Kernel}x{input.Channels}x{c.OutputChannels}", c.Kernel * c.Kernel * input.Channels, c.OutputChannels, output.Height * output.Width, isSigned));
            else if (layer is FullyConnectedSpec f) all.Add(new MatrixShape($"fully connected {input.Count}x{f.Outputs}", input.Count, f.Outputs, 1, isSigned));
            else if (layer is ResidualSpec r)
            {
                Collect(input, r.Body, isSigned, all);
                Collect(input, r.Shortcut, isSigned, all);
            }

            (input, isSigned) = (output, IsSigned([layer], isSigned));
        }
    }
}
