using CircuitSim.Circuit.Linear;
using CircuitSim.Training.ExSitu;
using CircuitSim.Training.Kernels;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Baseline;

/// <summary>An ordinary fully connected network with a softmax output, with scratch memory for batches. Not thread-safe.</summary>
/// <remarks>Parameters of a layer are its weights, row-major [input, neuron], followed by one bias a neuron.</remarks>
internal sealed class DenseModel : IDifferentiableModel
{
    private readonly int[] _sizes;
    private readonly int[] _offsets;
    private readonly double[] _parameters;
    private readonly double[][] _outputs;
    private readonly double[][] _slopes;
    private readonly double[][] _gradients;
    private readonly HiddenActivation _activation;
    private readonly int _capacity;

    /// <summary>Creates a network with all parameters at 0.</summary>
    /// <param name="layerSizes">Inputs, then neurons of each layer.</param>
    /// <param name="capacity">Samples to work on at a time; more are done in several pieces.</param>
    /// <param name="activation">Hidden neurons; tanh unless given.</param>
    public DenseModel(IReadOnlyList<int> layerSizes, int capacity, HiddenActivation? activation = null)
    {
        _activation = activation ?? HiddenActivation.Tanh;
        _sizes = [.. layerSizes];
        _capacity = capacity;
        _offsets = new int[_sizes.Length];
        _outputs = new double[LayerCount][];
        _slopes = new double[LayerCount - 1][];
        _gradients = new double[LayerCount][];
        for (int l = 0; l < LayerCount; l++)
        {
            _offsets[l + 1] = _offsets[l] + (_sizes[l] + 1) * _sizes[l + 1];
            _outputs[l] = new double[capacity * _sizes[l + 1]];
            if (l < LayerCount - 1) _slopes[l] = new double[capacity * _sizes[l + 1]];
            _gradients[l] = new double[capacity * _sizes[l + 1]];
        }

        _parameters = new double[_offsets[^1]];
    }

    /// <inheritdoc/>
    public Span<double> Parameters => _parameters;

    /// <inheritdoc/>
    public CancellationToken Cancellation { get; set; }

    /// <inheritdoc/>
    public int InputCount => _sizes[0];

    /// <summary>Layers of weights.</summary>
    public int LayerCount => _sizes.Length - 1;

    private int OutputCount => _sizes[^1];

    /// <summary>Parameters of a network.</summary>
    /// <param name="layerSizes">Inputs, then neurons of each layer.</param>
    /// <returns>Weights and biases of all layers.</returns>
    public static int ParameterCount(IReadOnlyList<int> layerSizes)
    {
        int count = 0;
        for (int l = 1; l < layerSizes.Count; l++) count += (layerSizes[l - 1] + 1) * layerSizes[l];
        return count;
    }

    /// <summary>Weights of a layer, row-major [input, neuron].</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <returns>The weights, which can be changed.</returns>
    public Span<double> Weights(int layer) => _parameters.AsSpan(_offsets[layer], _sizes[layer] * _sizes[layer + 1]);

    /// <inheritdoc/>
    public void Refresh()
    {
    }

    /// <inheritdoc/>
    public double LossAndGradient(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, Span<double> gradient)
    {
        double sum = 0;
        for (int start = 0; start < labels.Length; start += _capacity)
        {
            Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_capacity, labels.Length - start);
            ReadOnlySpan<double> piece = inputs.Slice(start * InputCount, count * InputCount);
            Forward(piece, count);
            sum += OutputLoss(labels.Slice(start, count), 1.0 / labels.Length, out _);
            Backward(piece, count, gradient, start > 0);
        }

        return sum / labels.Length;
    }

    /// <inheritdoc/>
    public (double Loss, int Correct) Evaluate(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels)
    {
        double sum = 0;
        int correct = 0;
        for (int start = 0; start < labels.Length; start += _capacity)
        {
            Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_capacity, labels.Length - start);
            Forward(inputs.Slice(start * InputCount, count * InputCount), count);
            sum += OutputLoss(labels.Slice(start, count), 1, out int right);
            correct += right;
        }

        return (sum / labels.Length, correct);
    }

    /// <summary>Class probabilities of samples.</summary>
    /// <param name="inputs">Inputs, row-major [sample, input].</param>
    /// <param name="probabilities">Receives them, row-major [sample, class].</param>
    public void Probabilities(ReadOnlySpan<double> inputs, Span<double> probabilities)
    {
        int total = inputs.Length / InputCount;
        for (int start = 0; start < total; start += _capacity)
        {
            int count = Math.Min(_capacity, total - start);
            Forward(inputs.Slice(start * InputCount, count * InputCount), count);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> row = _outputs[^1].AsSpan(i * OutputCount, OutputCount);
                Softmax(row, probabilities.Slice((start + i) * OutputCount, OutputCount), 1);
            }
        }
    }

    private ReadOnlySpan<double> Biases(int layer) =>
        _parameters.AsSpan(_offsets[layer] + _sizes[layer] * _sizes[layer + 1], _sizes[layer + 1]);

    private void Forward(ReadOnlySpan<double> inputs, int count)
    {
        for (int l = 0; l < LayerCount; l++)
        {
            int neurons = _sizes[l + 1];
            Span<double> output = _outputs[l].AsSpan(0, count * neurons);
            for (int i = 0; i < count; i++) Biases(l).CopyTo(output[(i * neurons)..]);
            ReadOnlySpan<double> below = l == 0 ? inputs : _outputs[l - 1];
            Gemm.Multiply(
                GemmView.RowMajor(below, count, _sizes[l]), GemmView.RowMajor(Weights(l), _sizes[l], neurons), output, neurons, accumulate: true);
            if (l < LayerCount - 1) _activation.Apply(output, _slopes[l]);
        }
    }

    // Softmax cross-entropy; its gradient with respect to the last layer's sums, times a factor, goes to the last gradient array.
    private double OutputLoss(ReadOnlySpan<int> labels, double factor, out int correct)
    {
        double loss = 0;
        correct = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<double> row = _outputs[^1].AsSpan(i * OutputCount, OutputCount);
            Span<double> gradient = _gradients[^1].AsSpan(i * OutputCount, OutputCount);
            int best = 0;
            for (int j = 1; j < row.Length; j++)
                if (row[j] > row[best]) best = j;
            if (best == labels[i]) correct++;

            loss += Softmax(row, gradient, factor) - row[labels[i]];
            gradient[labels[i]] -= factor;
        }

        return loss;
    }

    // Writes the probabilities times a factor and returns the logarithm of the sum of exponentials.
    private static double Softmax(ReadOnlySpan<double> sums, Span<double> probabilities, double factor)
    {
        double highest = double.NegativeInfinity, total = 0;
        foreach (double s in sums) highest = Math.Max(highest, s);
        for (int j = 0; j < sums.Length; j++)
        {
            probabilities[j] = Math.Exp(sums[j] - highest);
            total += probabilities[j];
        }

        for (int j = 0; j < sums.Length; j++) probabilities[j] *= factor / total;
        return Math.Log(total) + highest;
    }

    private void Backward(ReadOnlySpan<double> inputs, int count, Span<double> gradient, bool accumulate)
    {
        for (int l = LayerCount - 1; l >= 0; l--)
        {
            int neurons = _sizes[l + 1];
            Span<double> target = gradient[_offsets[l].._offsets[l + 1]];
            GemmView<double> error = GemmView.RowMajor(_gradients[l], count, neurons);
            ReadOnlySpan<double> below = l == 0 ? inputs : _outputs[l - 1];
            Gemm.Multiply(GemmView.RowMajor(below, count, _sizes[l]).Transposed, error, target, neurons, accumulate);
            Span<double> bias = target[(_sizes[l] * neurons)..];
            if (!accumulate) bias.Clear();
            for (int i = 0; i < count; i++) RowKernels.Add(_gradients[l].AsSpan(i * neurons, neurons), bias);
            if (l == 0) return;

            Gemm.Multiply(error, GemmView.RowMajor(Weights(l), _sizes[l], neurons).Transposed, _gradients[l - 1], _sizes[l]);
            for (int i = 0; i < count * _sizes[l]; i++) _gradients[l - 1][i] *= _slopes[l - 1][i];
        }
    }
}
