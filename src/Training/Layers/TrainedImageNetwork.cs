namespace CircuitSim.Training.Layers;

/// <summary>A trained convolutional network, as plain data.</summary>
public sealed record TrainedImageNetwork
{
    private readonly float[] _parameters;
    private readonly float[] _state;

    /// <summary>Takes over trained numbers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Parameters layer after layer, body before shortcut: weights row-major [input, output], then biases; scales, then shifts. Copied.</param>
    /// <param name="state">Layer after layer: the range of a matrix's weights, 0 where it is the largest of them; running means, then variances, of a batch normalisation. Copied.</param>
    /// <param name="history">How training went.</param>
    /// <exception cref="ArgumentException">A length is not that of the network.</exception>
    public TrainedImageNetwork(NetworkSpec network, ReadOnlySpan<float> parameters, ReadOnlySpan<float> state, IReadOnlyList<ImageEpoch> history)
    {
        ArgumentNullException.ThrowIfNull(network);
        var model = new ConvolutionalModel<float>(network, 1);
        if (parameters.Length != model.Parameters.Length) throw new ArgumentException($"{parameters.Length} parameters; network '{network.Name}' has {model.Parameters.Length}.", nameof(parameters));
        if (state.Length != model.State.Length) throw new ArgumentException($"{state.Length} numbers of state; network '{network.Name}' has {model.State.Length}.", nameof(state));
        (Network, _parameters, _state, History) = (network, parameters.ToArray(), state.ToArray(), [.. history]);
    }

    /// <summary>The network.</summary>
    public NetworkSpec Network { get; }

    /// <summary>Parameters, layer after layer.</summary>
    public ReadOnlyMemory<float> Parameters => _parameters;

    /// <summary>Ranges of weights and running statistics, layer after layer.</summary>
    public ReadOnlyMemory<float> State => _state;

    /// <summary>How training went.</summary>
    public IReadOnlyList<ImageEpoch> History { get; }

    internal ConvolutionalModel<float> ToModel(int threads)
    {
        var model = new ConvolutionalModel<float>(Network, threads);
        _parameters.CopyTo(model.Parameters, 0);
        _state.CopyTo(model.State, 0);
        return model;
    }
}
