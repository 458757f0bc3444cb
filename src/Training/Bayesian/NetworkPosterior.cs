using CircuitSim.Training.Baseline;

namespace CircuitSim.Training.Bayesian;

/// <summary>Posterior of the weights and biases of a network with tanh hidden layers and softmax output: normal priors and the likelihood of labels.</summary>
/// <remarks>log p = −½·Σw²/s² + Σ log softmax(label). Holds scratch memory; one instance a chain.</remarks>
internal sealed class NetworkPosterior : ILogDensity
{
    private readonly DenseModel _model;
    private readonly double[] _inputs;
    private readonly int[] _labels;
    private readonly double _precision;

    internal NetworkPosterior(IReadOnlyList<int> layerSizes, double[] inputs, int[] labels, double priorDeviation)
    {
        _model = new DenseModel(layerSizes, labels.Length);
        (_inputs, _labels) = (inputs, labels);
        _precision = 1 / (priorDeviation * priorDeviation);
    }

    /// <inheritdoc/>
    public int Dimension => _model.Parameters.Length;

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        position.CopyTo(_model.Parameters);
        double loss = _model.LossAndGradient(_inputs, _labels, gradient), squares = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = -_labels.Length * gradient[i] - _precision * position[i];
            squares += position[i] * position[i];
        }

        return -_labels.Length * loss - 0.5 * _precision * squares;
    }
}
