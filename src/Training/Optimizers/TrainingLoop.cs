using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Training.Optimizers;

/// <summary>Epochs of a training run: order of samples, steps, and a record after each epoch. Not thread-safe.</summary>
internal sealed class TrainingLoop
{
    private readonly IDifferentiableModel _model;
    private readonly TrainingSchedule _schedule;
    private readonly IStepOptimizer? _stepOptimizer;
    private readonly LbfgsOptimizer? _fullBatchOptimizer;
    private readonly double[] _gradient;
    private readonly double[] _batchInputs;
    private readonly int[] _batchLabels;
    private readonly int[] _order;
    private readonly DivergenceCheck _check;
    private bool _hasMoved;

    /// <summary>Prepares a run.</summary>
    /// <param name="model">Network with its initial parameters.</param>
    /// <param name="schedule">Valid schedule.</param>
    /// <param name="sampleCount">Samples of the training part.</param>
    /// <param name="subject">What is trained, for messages, such as "Training of the inverter network".</param>
    public TrainingLoop(IDifferentiableModel model, TrainingSchedule schedule, int sampleCount, string subject)
    {
        _check = new DivergenceCheck(subject, schedule.Optimizer is OptimizerKind.Adam or OptimizerKind.Momentum ? schedule.LearningRate : null);
        _model = model;
        _schedule = schedule;
        int parameters = model.Parameters.Length;
        _gradient = new double[parameters];
        _batchInputs = new double[Math.Min(schedule.BatchSize, sampleCount) * model.InputCount];
        _batchLabels = new int[Math.Min(schedule.BatchSize, sampleCount)];
        _order = new int[sampleCount];
        switch (schedule.Optimizer)
        {
            case OptimizerKind.Adam: _stepOptimizer = new AdamOptimizer(parameters, schedule.LearningRate); break;
            case OptimizerKind.Momentum: _stepOptimizer = new MomentumOptimizer(parameters, schedule.LearningRate, schedule.Momentum); break;
            default: _fullBatchOptimizer = new LbfgsOptimizer(model); break;
        }
    }

    /// <summary>Runs all epochs.</summary>
    /// <param name="training">Training part.</param>
    /// <param name="test">Test part.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Ends the run between batches.</param>
    /// <returns>One record an epoch.</returns>
    /// <exception cref="TrainingDivergedException">A loss or a weight has lost its meaning, or nothing moves any more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<EpochRecord> Run(
        Data.VoltageSet training, Data.VoltageSet test, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var history = new List<EpochRecord>();
        _model.Cancellation = cancellationToken;
        for (int epoch = 1; epoch <= _schedule.Epochs; epoch++)
        {
            RunEpoch(epoch, training.InputVolts.Span, training.Labels.Span, cancellationToken);
            (double loss, int right) = _model.Evaluate(training.InputVolts.Span, training.Labels.Span);
            (_, int testRight) = _model.Evaluate(test.InputVolts.Span, test.Labels.Span);
            _check.Loss(epoch, loss, history.Count > 0 ? history[^1].Loss : null);
            _check.Movement(epoch, _hasMoved, loss);
            var record = new EpochRecord(epoch, loss, (double)right / training.SampleCount, (double)testRight / test.SampleCount);
            history.Add(record);
            progress?.Report(new TrainingProgress(record, _schedule.Epochs));
        }

        return history;
    }

    /// <summary>Runs one epoch: all mini-batches in a random order, or one iteration of a full-batch optimiser.</summary>
    /// <param name="epoch">Number from 1; it keys the order.</param>
    /// <param name="inputs">Inputs, [sample, input].</param>
    /// <param name="labels">Class of each sample.</param>
    /// <param name="cancellationToken">Ends the run between batches.</param>
    public void RunEpoch(int epoch, ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, CancellationToken cancellationToken)
    {
        if (_stepOptimizer is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _fullBatchOptimizer!.Iterate(inputs, labels);
            _check.Weights(epoch, _model.Parameters);
            _hasMoved = true;
            return;
        }

        _hasMoved = false;

        new CounterRandom(_schedule.Seed, $"sample order of epoch {epoch}").Permutation(_order);
        int width = _model.InputCount;
        for (int start = 0; start < _order.Length; start += _schedule.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(_schedule.BatchSize, _order.Length - start);
            for (int i = 0; i < count; i++)
            {
                int sample = _order[start + i];
                inputs.Slice(sample * width, width).CopyTo(_batchInputs.AsSpan(i * width));
                _batchLabels[i] = labels[sample];
            }

            _check.Loss(epoch, _model.LossAndGradient(_batchInputs.AsSpan(0, count * width), _batchLabels.AsSpan(0, count), _gradient));
            _hasMoved = _hasMoved || DivergenceCheck.Moves(_gradient);
            _stepOptimizer.Step(_model.Parameters, _gradient);
            _check.Weights(epoch, _model.Parameters);
            _model.Refresh();
        }
    }
}
