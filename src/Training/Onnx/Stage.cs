using CircuitSim.Training.Layers;

namespace CircuitSim.Training.Onnx;

/// <summary>A step of the network: the input, a layer with its numbers, or the sum of two branches.</summary>
internal sealed class Stage
{
    private readonly LayerSpec? _layer;

    /// <summary>Makes a step.</summary>
    /// <param name="label">How messages call it.</param>
    /// <param name="output">Shape of what it gives.</param>
    /// <param name="inputs">None for the network's input, one for a layer, two for a sum.</param>
    /// <param name="layer">The layer, or null.</param>
    /// <param name="weights">Weights [input, output], or scales.</param>
    /// <param name="bias">Biases, or shifts.</param>
    /// <param name="state">State of the layer.</param>
    public Stage(string label, FeatureShape output, IReadOnlyList<Stage> inputs, LayerSpec? layer = null, float[]? weights = null, float[]? bias = null, float[]? state = null)
    {
        (Label, Output, Inputs, _layer, Weights, Bias, State) = (label, output, inputs, layer, weights ?? [], bias ?? [], state ?? []);
        if (inputs.Count > 0) Dominator = inputs.Count == 1 ? inputs[0] : Common(inputs[0], inputs[1]);
        Depth = Dominator is null ? 0 : Dominator.Depth + 1;
    }

    /// <summary>Makes the network's input, whose rows, columns and channels are open until a node tells them apart.</summary>
    /// <param name="label">How messages call it.</param>
    /// <param name="output">The shape if no node does.</param>
    public Stage(string label, FeatureShape output)
        : this(label, output, []) => IsOpen = true;

    public string Label { get; }

    public FeatureShape Output { get; private set; }

    /// <summary>Order in which ONNX lists what this stage gives.</summary>
    public FeatureOrder Order { get; private set; }

    /// <summary>Whether it is an input of which rows, columns and channels are not told apart yet.</summary>
    public bool IsOpen { get; private set; }

    public IReadOnlyList<Stage> Inputs { get; }

    /// <summary>The latest stage through which everything passes that reaches this one (its immediate dominator); null for the input.</summary>
    public Stage? Dominator { get; }

    /// <summary>Weights of a matrix [input, output], or scales.</summary>
    public float[] Weights { get; }

    /// <summary>Biases, or shifts.</summary>
    public float[] Bias { get; private set; }

    public float[] State { get; }

    public bool IsMatrix => _layer is ConvolutionSpec or FullyConnectedSpec;

    public LayerSpec? Layer => _layer switch
    {
        ConvolutionSpec c => c with { HasBias = Bias.Length > 0 },
        FullyConnectedSpec f => f with { HasBias = Bias.Length > 0 },
        _ => _layer,
    };

    private int Depth { get; }

    /// <summary>Tells rows, columns and channels of an open input apart; for any other stage nothing happens.</summary>
    public void Decide(FeatureShape output, FeatureOrder order)
    {
        if (IsOpen) (Output, Order, IsOpen) = (output, order, false);
    }

    /// <summary>Adds to the biases of a matrix.</summary>
    public void AddBias(float[] bias)
    {
        if (Bias.Length == 0) Bias = bias;
        else for (int k = 0; k < bias.Length; k++) Bias[k] += bias[k];
    }

    // Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm", Rice University, 2001; one pass is enough where there are no cycles.
    private static Stage Common(Stage a, Stage b)
    {
        while (a != b)
        {
            if (a.Depth >= b.Depth) a = a.Dominator!;
            else b = b.Dominator!;
        }

        return a;
    }
}
