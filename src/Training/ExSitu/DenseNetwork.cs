using CircuitSim.Circuit.Errors;
using CircuitSim.Training.Baseline;

namespace CircuitSim.Training.ExSitu;

/// <summary>A fully connected network with softmax output whose weights are transferred to pairs of devices. Immutable; thread-safe.</summary>
/// <remarks>Parameters of a layer are its weights, row-major [input, neuron], then one bias a neuron: together the rows of its crossbar, the bias last.</remarks>
public sealed class DenseNetwork
{
    private const int EvaluationPiece = 256;

    private readonly double[] _parameters;

    /// <summary>Creates a network.</summary>
    /// <param name="layerSizes">Inputs, then neurons of each layer.</param>
    /// <param name="activation">Hidden neurons.</param>
    /// <param name="parameters">Weights and biases of all layers. Copied.</param>
    /// <exception cref="InvalidDesignException">The shape is none, or the number of parameters does not fit it.</exception>
    public DenseNetwork(IReadOnlyList<int> layerSizes, HiddenActivation activation, ReadOnlySpan<double> parameters)
    {
        ArgumentNullException.ThrowIfNull(layerSizes);
        ArgumentNullException.ThrowIfNull(activation);
        if (layerSizes.Count < 2 || layerSizes.Any(s => s < 1))
            throw new InvalidDesignException("Dense network", [$"Layer sizes are {string.Join(", ", layerSizes)}; inputs and at least one layer, each at least 1, are needed."]);
        if (parameters.Length != DenseModel.ParameterCount(layerSizes))
            throw new InvalidDesignException("Dense network", [$"Layers {string.Join(", ", layerSizes)} have {DenseModel.ParameterCount(layerSizes)} parameters; {parameters.Length} are given."]);
        (LayerSizes, Activation, _parameters) = ([.. layerSizes], activation, parameters.ToArray());
    }

    /// <summary>Inputs, then neurons of each layer.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    /// <summary>Hidden neurons.</summary>
    public HiddenActivation Activation { get; }

    /// <summary>Weights and biases of all layers.</summary>
    public ReadOnlyMemory<double> Parameters => _parameters;

    /// <summary>Layers of weights.</summary>
    public int LayerCount => LayerSizes.Count - 1;

    /// <summary>Weights and biases of one layer, row-major [input and bias, neuron].</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <returns>The parameters.</returns>
    public ReadOnlySpan<double> Layer(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, LayerCount);
        int start = 0;
        for (int l = 0; l < layer; l++) start += (LayerSizes[l] + 1) * LayerSizes[l + 1];
        return _parameters.AsSpan(start, (LayerSizes[layer] + 1) * LayerSizes[layer + 1]);
    }

    /// <summary>What the word lines of each layer carry for one sample when networks of this shape read it.</summary>
    /// <param name="parameters">Parameters of the network, such as this one's or a chip's.</param>
    /// <param name="input">Inputs of the sample.</param>
    /// <returns>The inputs, then the outputs of each hidden layer; the bias, which is 1, is not in them.</returns>
    /// <exception cref="ArgumentException">Parameters or inputs do not fit.</exception>
    public IReadOnlyList<double[]> LayerInputs(ReadOnlySpan<double> parameters, ReadOnlySpan<double> input)
    {
        if (parameters.Length != _parameters.Length) throw new ArgumentException($"Networks of this shape have {_parameters.Length} parameters.", nameof(parameters));
        if (input.Length != LayerSizes[0]) throw new ArgumentException($"{input.Length} inputs for a network with {LayerSizes[0]}.", nameof(input));
        var inputs = new List<double[]> { input.ToArray() };
        int start = 0;
        for (int l = 0; l < LayerCount - 1; l++)
        {
            int rows = LayerSizes[l], neurons = LayerSizes[l + 1];
            ReadOnlySpan<double> weights = parameters.Slice(start, (rows + 1) * neurons);
            double[] sums = weights[(rows * neurons)..].ToArray();
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < neurons; j++) sums[j] += inputs[l][i] * weights[i * neurons + j];
            Activation.Apply(sums, new double[neurons]);
            inputs.Add(sums);
            start += (rows + 1) * neurons;
        }

        return inputs;
    }

    /// <summary>How many samples networks of this shape classify right.</summary>
    /// <param name="networks">Parameters of each network, such as this one's or those that chips stand for.</param>
    /// <param name="inputs">Inputs, row-major [sample, input].</param>
    /// <param name="labels">Class of each sample.</param>
    /// <returns>A count a network.</returns>
    /// <exception cref="ArgumentException">Parameters or inputs do not fit.</exception>
    public int[] CountCorrect(IReadOnlyList<double[]> networks, ReadOnlyMemory<double> inputs, ReadOnlyMemory<int> labels)
    {
        ArgumentNullException.ThrowIfNull(networks);
        if (networks.Any(n => n.Length != _parameters.Length)) throw new ArgumentException($"Networks of this shape have {_parameters.Length} parameters.", nameof(networks));
        if (inputs.Length != (long)labels.Length * LayerSizes[0]) throw new ArgumentException($"{inputs.Length} inputs for {labels.Length} samples of {LayerSizes[0]}.", nameof(inputs));
        var correct = new int[networks.Count];
        ParallelWork.For(networks.Count, new ParallelOptions(), () => new DenseModel(LayerSizes, EvaluationPiece, Activation), (i, model) =>
        {
            networks[i].CopyTo(model.Parameters);
            correct[i] = model.Evaluate(inputs.Span, labels.Span).Correct;
        });
        return correct;
    }
}
