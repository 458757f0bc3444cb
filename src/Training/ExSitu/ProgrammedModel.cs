using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.Training.Baseline;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.ExSitu;

/// <summary>A network whose loss is that of its weights as programmed: pairs of levels, and for each batch a fresh draw of what they read as. Not thread-safe.</summary>
internal sealed class ProgrammedModel : IDifferentiableModel
{
    private readonly DenseModel _model;
    private readonly PairTransfer _pairs;
    private readonly double[] _parameters, _mean, _deviation, _scales;
    private readonly CounterRandom _random;
    private readonly int[] _ends;
    private ulong _drawn;

    internal ProgrammedModel(DenseModel model, DenseNetwork network, PairTransfer pairs, double[] scales, ulong seed)
    {
        (_model, _pairs, _scales) = (model, pairs, scales);
        _parameters = network.Parameters.ToArray();
        (_mean, _deviation) = (new double[_parameters.Length], new double[_parameters.Length]);
        _random = new CounterRandom(seed, "device spread while retraining");
        _ends = new int[scales.Length];
        for (int l = 0; l < scales.Length; l++) _ends[l] = (l == 0 ? 0 : _ends[l - 1]) + network.Layer(l).Length;
        Refresh();
    }

    /// <inheritdoc/>
    public Span<double> Parameters => _parameters;

    /// <inheritdoc/>
    public CancellationToken Cancellation
    {
        set => _model.Cancellation = value;
    }

    /// <inheritdoc/>
    public int InputCount => _model.InputCount;

    /// <inheritdoc/>
    public void Refresh()
    {
        for (int l = 0, i = 0; l < _ends.Length; l++)
            for (; i < _ends[l]; i++) (_mean[i], _deviation[i]) = _pairs.Law(_parameters[i], _scales[l]);
    }

    /// <inheritdoc/>
    public double LossAndGradient(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, Span<double> gradient)
    {
        Span<double> weights = _model.Parameters;
        for (int i = 0; i < weights.Length; i++) weights[i] = _mean[i] + _deviation[i] * _random.Normal(_drawn++);
        return _model.LossAndGradient(inputs, labels, gradient);
    }

    /// <inheritdoc/>
    public (double Loss, int Correct) Evaluate(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels)
    {
        _mean.CopyTo(_model.Parameters);
        return _model.Evaluate(inputs, labels);
    }
}
