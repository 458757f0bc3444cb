using CircuitSim.Training.Losses;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Phax;

/// <summary>A PHAX network with scratch memory for batches: forward, loss, and exact gradient. Not thread-safe.</summary>
internal sealed class PhaxModel : IDifferentiableModel
{
    private readonly PhaxLayer[] _layers;
    private readonly PhaxActivations[] _activations;
    private readonly IReadOnlyList<INeuronCurve> _curves;
    private readonly double[] _parameters;
    private readonly double[] _targets;
    private readonly double _supplyVolts;
    private readonly LossKind _loss;
    private readonly int _capacity;

    /// <summary>Creates a network with every θ at 0.</summary>
    /// <param name="layerSizes">Inputs, then neurons of each layer.</param>
    /// <param name="ratio">K/σ_min.</param>
    /// <param name="curves">Neuron curve of each layer; all at the same supply.</param>
    /// <param name="loss">What to minimise.</param>
    /// <param name="capacity">Samples to work on at a time; more are done in several pieces.</param>
    /// <param name="thetaScale">θ per unit of a parameter, positive: a parameter is θ over it.</param>
    public PhaxModel(
        IReadOnlyList<int> layerSizes, double ratio, IReadOnlyList<INeuronCurve> curves, LossKind loss, int capacity, double thetaScale = 1)
    {
        _curves = curves;
        _loss = loss;
        _capacity = capacity;
        _supplyVolts = curves[0].SupplyVolts;
        _layers = new PhaxLayer[layerSizes.Count - 1];
        _activations = new PhaxActivations[_layers.Length];
        for (int l = 0; l < _layers.Length; l++)
        {
            _layers[l] = new PhaxLayer(layerSizes[l], layerSizes[l + 1], _supplyVolts, ratio, thetaScale, l == 0);
            _activations[l] = new PhaxActivations(capacity * layerSizes[l + 1]);
        }

        _parameters = new double[_layers.Sum(l => l.ParameterCount)];
        _targets = new double[capacity * layerSizes[^1]];
        Refresh();
    }

    /// <inheritdoc/>
    public Span<double> Parameters => _parameters;

    /// <inheritdoc/>
    public CancellationToken Cancellation { get; set; }

    /// <inheritdoc/>
    public int InputCount => _layers[0].InputCount;

    /// <summary>Neurons of the last layer.</summary>
    public int OutputCount => _layers[^1].OutputCount;

    /// <summary>Samples that one piece holds.</summary>
    public int Capacity => _capacity;

    /// <summary>Layers.</summary>
    public IReadOnlyList<PhaxLayer> Layers => _layers;

    /// <summary>Voltages of the last piece, a layer each.</summary>
    public IReadOnlyList<PhaxActivations> Activations => _activations;

    /// <summary>Neuron curve of each layer.</summary>
    public IReadOnlyList<INeuronCurve> Curves => _curves;

    /// <inheritdoc/>
    public void Refresh()
    {
        int offset = 0;
        foreach (PhaxLayer layer in _layers)
        {
            layer.Refresh(_parameters.AsSpan(offset, layer.ParameterCount));
            offset += layer.ParameterCount;
        }
    }

    /// <summary>Computes all voltages of one piece of samples into <see cref="Activations"/>.</summary>
    /// <param name="inputs">Input voltages, [sample, input].</param>
    /// <param name="count">Samples, at most <see cref="Capacity"/>.</param>
    public void Forward(ReadOnlySpan<double> inputs, int count)
    {
        for (int l = 0; l < _layers.Length; l++)
        {
            PhaxActivations a = _activations[l];
            int length = count * _layers[l].OutputCount;
            if (l == 0) _layers[l].Forward(inputs, default, count, a.Gate.AsSpan(0, length));
            else _layers[l].Forward(_activations[l - 1].Inverted, _activations[l - 1].Restored, count, a.Gate.AsSpan(0, length));
            _curves[l].Evaluate(
                a.Gate.AsSpan(0, length), a.Inverted.AsSpan(0, length), a.InvertedSlope.AsSpan(0, length),
                a.Restored.AsSpan(0, length), a.RestoredSlope.AsSpan(0, length));
        }
    }

    /// <inheritdoc/>
    public double LossAndGradient(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, Span<double> gradient)
    {
        double sum = 0;
        for (int start = 0; start < labels.Length; start += _capacity)
        {
            Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_capacity, labels.Length - start);
            FillTargets(labels.Slice(start, count));
            sum += AddBatch(inputs.Slice(start * InputCount, count * InputCount), _targets, count, labels.Length, start > 0);
        }

        WriteGradient(gradient);
        return sum / labels.Length;
    }

    /// <summary>Mean loss and its gradient for any target voltages, at most <see cref="Capacity"/> samples.</summary>
    /// <param name="inputs">Input voltages, [sample, input].</param>
    /// <param name="targets">Target voltages of <c>n</c>, [sample, output].</param>
    /// <param name="count">Samples.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <returns>Mean loss.</returns>
    public double LossAndGradient(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, int count, Span<double> gradient)
    {
        double sum = AddBatch(inputs, targets, count, count, false);
        WriteGradient(gradient);
        return sum / count;
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
            ReadOnlySpan<int> piece = labels.Slice(start, count);
            FillTargets(piece);
            Forward(inputs.Slice(start * InputCount, count * InputCount), count);
            sum += OutputLoss(_targets, count, 1.0);
            for (int i = 0; i < count; i++)
                if (StrongestOutput(i) == piece[i]) correct++;
        }

        return (sum / labels.Length, correct);
    }

    /// <summary>The class of a sample of the last piece: the neuron whose <c>n</c> is highest, the first of equals.</summary>
    /// <param name="sample">Index within the piece.</param>
    /// <returns>Neuron index.</returns>
    public int StrongestOutput(int sample)
    {
        ReadOnlySpan<double> row = _activations[^1].Inverted.AsSpan(sample * OutputCount, OutputCount);
        int best = 0;
        for (int j = 1; j < row.Length; j++)
            if (row[j] > row[best]) best = j;
        return best;
    }

    private void FillTargets(ReadOnlySpan<int> labels)
    {
        Span<double> targets = _targets.AsSpan(0, labels.Length * OutputCount);
        targets.Fill(-_supplyVolts / 2);
        for (int i = 0; i < labels.Length; i++) targets[i * OutputCount + labels[i]] = _supplyVolts / 2;
    }

    private double AddBatch(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, int count, int sampleCount, bool accumulate)
    {
        Forward(inputs, count);
        double loss = OutputLoss(targets, count, 1.0 / sampleCount);
        for (int l = _layers.Length - 1; l >= 0; l--)
        {
            PhaxActivations a = _activations[l];
            Span<double> q = a.GateGradient.AsSpan(0, count * _layers[l].OutputCount);
            if (l == 0)
            {
                _layers[l].Backward(inputs, default, a.Gate, count, q, accumulate);
                break;
            }

            PhaxActivations below = _activations[l - 1];
            _layers[l].Backward(below.Inverted, below.Restored, a.Gate, count, q, accumulate);
            int length = count * _layers[l].InputCount;
            _layers[l].Propagate(q, count, below.GateGradient.AsSpan(0, length), below.RestoredGradient.AsSpan(0, length));
            for (int i = 0; i < length; i++)
            {
                below.GateGradient[i] =
                    below.GateGradient[i] * below.InvertedSlope[i] + below.RestoredGradient[i] * below.RestoredSlope[i];
            }
        }

        return loss;
    }

    // Sum of the loss over a piece; the gate gradient of the last layer, times a factor, goes to its activations.
    private double OutputLoss(ReadOnlySpan<double> targets, int count, double factor)
    {
        PhaxActivations a = _activations[^1];
        int length = count * OutputCount;
        double sum = 0;
        if (_loss == LossKind.SquaredError)
        {
            for (int i = 0; i < length; i++)
            {
                double error = a.Inverted[i] - targets[i];
                sum += 0.5 * error * error;
                a.GateGradient[i] = factor * error * a.InvertedSlope[i];
            }

            return sum;
        }

        _curves[^1].EvaluateLogits(a.Gate.AsSpan(0, length), a.Logits.AsSpan(0, length), a.LogitSlope.AsSpan(0, length));
        for (int i = 0; i < length; i++)
        {
            // −t·ln h − (1−t)·ln(1−h) = softplus(ℓ) − t·ℓ, and its derivative is h − t.
            double target = targets[i] / _supplyVolts + 0.5;
            double logit = a.Logits[i];
            double power = Math.Exp(-Math.Abs(logit));
            double h = logit >= 0 ? 1 / (1 + power) : power / (1 + power);
            sum += Math.Max(logit, 0) - target * logit + Math.Log(1 + power);
            a.GateGradient[i] = factor * (h - target) * a.LogitSlope[i];
        }

        return sum;
    }

    private void WriteGradient(Span<double> gradient)
    {
        int offset = 0;
        foreach (PhaxLayer layer in _layers)
        {
            layer.ParameterGradient(gradient.Slice(offset, layer.ParameterCount));
            offset += layer.ParameterCount;
        }
    }
}
