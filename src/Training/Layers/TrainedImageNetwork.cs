using CircuitSim.Mapping.Tiles;

namespace CircuitSim.Training.Layers;

/// <summary>A trained convolutional network, as plain data.</summary>
public sealed record TrainedImageNetwork
{
    private readonly float[] _parameters;
    private readonly float[] _state;
    private readonly LearntRanges? _ranges;

    /// <summary>Takes over trained numbers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Parameters layer after layer, body before shortcut: weights row-major [input, output], then biases; scales, then shifts. Copied.</param>
    /// <param name="state">Layer after layer: the range of a matrix's weights, 0 where it is the largest of them; running means, then variances, of a batch normalisation. Copied.</param>
    /// <param name="history">How training went.</param>
    /// <exception cref="ArgumentException">A length is not that of the network.</exception>
    /// <exception cref="Circuit.Errors.InvalidDesignException">The network's layers do not fit each other.</exception>
    public TrainedImageNetwork(NetworkSpec network, ReadOnlySpan<float> parameters, ReadOnlySpan<float> state, IReadOnlyList<ImageEpoch> history)
    {
        ArgumentNullException.ThrowIfNull(network);
        (long parameterCount, long stateCount) = network.CountNumbers();
        if (parameters.Length != parameterCount) throw new ArgumentException($"{parameters.Length} parameters; network '{network.Name}' has {parameterCount}.", nameof(parameters));
        if (state.Length != stateCount) throw new ArgumentException($"{state.Length} numbers of state; network '{network.Name}' has {stateCount}.", nameof(state));
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

    /// <summary>ADC ranges that training found, or null where it learnt none.</summary>
    /// <exception cref="ArgumentException">There is not one share from 0 to 1 for each array.</exception>
    public LearntRanges? Ranges
    {
        get => _ranges;
        init
        {
            if (value is not null)
            {
                if (value.ArrayInputs < 1 || value.ArrayOutputs < 1) throw new ArgumentException($"Arrays of {value.ArrayInputs} x {value.ArrayOutputs}; at least 1 x 1 is needed.", nameof(value));
                long arrays = Network.Matrices().Sum(m => TilePlan.CountArrays(m.Inputs, m.Outputs, value.ArrayInputs, value.ArrayOutputs));
                if (value.Shares.Count != arrays || !value.Shares.All(s => s is > 0 and <= 1))
                    throw new ArgumentException($"{value.Shares.Count} ranges of ADCs; {arrays} above 0 and at most 1 are needed.", nameof(value));
            }

            _ranges = value;
        }
    }

    internal ConvolutionalModel<float> ToModel(int threads)
    {
        var model = new ConvolutionalModel<float>(Network, threads);
        _parameters.CopyTo(model.Parameters, 0);
        _state.CopyTo(model.State, 0);
        return model;
    }
}
