using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.InSitu;

/// <summary>Forward and backward passes through the cores of a network, and the updates they get. Allocates nothing after its creation.</summary>
/// <remarks>
/// With target t and output z, the output error is t − z for cross-entropy and (t − z)·σ′ for quadratic cost; a hidden one is (Wᵀ·p)·σ′.
/// The products use the devices as they are. Requests are + rate·p·xᵀ. Source: CrossSim 2.0. Not thread-safe.
/// </remarks>
internal sealed class InSituModel
{
    // Below it a logarithm says that a certain answer was wrong; the loss stays finite.
    private const double LeastProbability = 1e-12;

    private readonly INeuralCore[] _cores;
    private readonly InSituTrainingOptions _options;
    private readonly int _bias;
    private readonly double[][] _inputs;
    private readonly double[][] _outputs;
    private readonly double[][] _errors;
    private readonly double[][] _back;
    private readonly double[][] _gradients;
    private readonly double[][] _steps;
    private readonly AdamOptimizer[] _adam;

    internal InSituModel(INeuralCore[] cores, InSituTrainingOptions options)
    {
        (_cores, _options) = (cores, options);
        _bias = options.HasBias ? 1 : 0;
        _inputs = [.. cores.Select(c => new double[c.InputCount])];
        _outputs = [.. cores.Select(c => new double[c.OutputCount])];
        _errors = [.. cores.Select(c => new double[c.OutputCount])];
        _back = [.. cores.Select(c => new double[c.InputCount])];
        bool isAdam = options.Optimizer == InSituOptimizer.Adam, isBatched = isAdam || options.BatchSize > 1;
        _gradients = isBatched ? [.. cores.Select(c => new double[c.InputCount * c.OutputCount])] : [];
        _steps = isAdam ? [.. cores.Select(c => new double[c.InputCount * c.OutputCount])] : [];
        _adam = isAdam ? [.. cores.Select(c => new AdamOptimizer(c.InputCount * c.OutputCount, 1))] : [];
    }

    /// <summary>Goes once over the training samples, in their order.</summary>
    internal void TrainEpoch(SampleSet samples, double rate, CancellationToken cancellationToken)
    {
        bool isBatched = _gradients.Length > 0;
        for (int first = 0; first < samples.Count; first += Math.Min(_options.BatchSize, samples.Count))
        {
            int end = (int)Math.Min((long)first + _options.BatchSize, samples.Count);
            for (int i = first; i < end; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Forward(samples.Inputs(i));
                Backward(samples.Label(i), isBatched ? null : rate);
            }

            if (isBatched) Write(rate);
        }
    }

    /// <summary>Mean loss over outputs and samples, and the fraction classified rightly.</summary>
    internal (double Loss, double Accuracy) Evaluate(SampleSet samples, CancellationToken cancellationToken = default)
    {
        double loss = 0;
        int right = 0;
        double[] z = _outputs[^1];
        for (int i = 0; i < samples.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Forward(samples.Inputs(i));
            for (int k = 0; k < z.Length; k++) loss += Loss(z[k], k == samples.Label(i) ? 1 : 0);
            if (Neurons.Largest(z) == samples.Label(i)) right++;
        }

        return (loss / (samples.Count * z.Length), (double)right / samples.Count);
    }

    private double Loss(double z, double t)
    {
        if (_options.Loss == InSituLoss.Quadratic) return 0.5 * (t - z) * (t - z);
        double p = t > 0.5 ? z : 1 - z;
        return -Math.Log(Math.Max(p, LeastProbability));
    }

    private void Forward(ReadOnlySpan<double> input)
    {
        for (int l = 0; l < _cores.Length; l++)
        {
            double[] x = _inputs[l];
            if (l == 0)
            {
                input.CopyTo(x);
            }
            else
            {
                _outputs[l - 1].CopyTo(x, 0);
                if (_bias > 0) x[^1] = 1;
            }

            _cores[l].Read(x, _outputs[l]);
            if (l == _cores.Length - 1 && _options.Output == OutputKind.Softmax) Neurons.Softmax(_outputs[l]);
            else Neurons.Sigmoid(_outputs[l]);
        }
    }

    // With a rate, each layer is written before the error goes back through it; without, requests are gathered.
    private void Backward(int label, double? rate)
    {
        int last = _cores.Length - 1;
        for (int k = 0; k < _errors[last].Length; k++)
        {
            double z = _outputs[last][k], difference = (k == label ? 1 : 0) - z;
            _errors[last][k] = _options.Loss == InSituLoss.Quadratic ? difference * z * (1 - z) : difference;
        }

        for (int l = last; l >= 0; l--)
        {
            if (rate is double now) _cores[l].UpdateRankOne(_errors[l], _inputs[l], now);
            else MatrixProducts.AddOuter(_errors[l], _inputs[l], _gradients[l]);
            if (l == 0) continue;
            _cores[l].ReadTransposed(_errors[l], _back[l]);
            for (int j = 0; j < _errors[l - 1].Length; j++)
            {
                double z = _outputs[l - 1][j];
                _errors[l - 1][j] = _back[l][j] * z * (1 - z);
            }
        }
    }

    private void Write(double rate)
    {
        for (int l = _cores.Length - 1; l >= 0; l--)
        {
            if (_adam.Length == 0)
            {
                _cores[l].Update(_gradients[l], rate);
            }
            else
            {
                // The optimiser goes down the gradient; what was gathered points up it, so its step is taken back.
                Array.Clear(_steps[l]);
                _adam[l].Step(_steps[l], _gradients[l]);
                _cores[l].Update(_steps[l], -rate);
            }

            Array.Clear(_gradients[l]);
        }
    }
}
