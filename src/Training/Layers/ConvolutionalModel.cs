using System.Numerics;
using CircuitSim.Mapping.Tiles;

namespace CircuitSim.Training.Layers;

/// <summary>A convolutional network at work: all its numbers in flat arrays, forward and backward passes over batches.</summary>
/// <remarks>Not thread-safe; uses several threads itself, with results that do not depend on their number.</remarks>
internal sealed class ConvolutionalModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LayerSequence<T> _layers;
    private T[] _slope = [];

    public ConvolutionalModel(NetworkSpec spec, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ClassCount = spec.Output().Count;
        Spec = spec;
        _layers = new LayerSequence<T>(spec.Input, spec.Layers, spec.Normalization is not null, threads);
        Layer<T>[] flat = [.. _layers.Flat()];
        (Parameters, Gradient, State) = (new T[flat.Sum(l => l.ParameterCount)], new T[flat.Sum(l => l.ParameterCount)], new T[flat.Sum(l => l.StateCount)]);
        (int parameter, int state) = (0, 0);
        foreach (Layer<T> layer in flat)
        {
            layer.Bind(Parameters.AsMemory(parameter, layer.ParameterCount), Gradient.AsMemory(parameter, layer.ParameterCount), State.AsMemory(state, layer.StateCount));
            (parameter, state) = (parameter + layer.ParameterCount, state + layer.StateCount);
        }

        Matrices = [.. flat.OfType<MatrixLayer<T>>()];
    }

    public NetworkSpec Spec { get; }

    public int ClassCount { get; }

    /// <summary>Everything that training changes.</summary>
    public T[] Parameters { get; }

    /// <summary>Gradient of the mean loss after <see cref="Backward"/>.</summary>
    public T[] Gradient { get; }

    /// <summary>Ranges of weights, and running statistics of batch normalisation, layer after layer.</summary>
    public T[] State { get; }

    public IReadOnlyList<MatrixLayer<T>> Matrices { get; }

    public void Initialize(ulong seed)
    {
        for (int m = 0; m < Matrices.Count; m++) Matrices[m].Initialize(seed, m + 1);
    }

    public void Attach(ArrayModel? model)
    {
        model?.Check();
        foreach (MatrixLayer<T> matrix in Matrices) matrix.Attach(model);
    }

    /// <summary>Makes the weights ready for forward passes.</summary>
    /// <param name="draw">Programming errors, or null for none.</param>
    public void Prepare(WeightDraw? draw = null)
    {
        for (int m = 0; m < Matrices.Count; m++) Matrices[m].Prepare(draw, m + 1);
    }

    /// <summary>Finds the largest inputs and, where there are ADCs with calibrated ranges, the largest partial sums for given samples.</summary>
    /// <param name="batches">Inputs and number of samples of each batch.</param>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    public void Calibrate(IReadOnlyList<(T[] Inputs, int Batch)> batches, CancellationToken cancellationToken = default)
    {
        foreach (MatrixLayer<T> matrix in Matrices) matrix.Calibration.InputFullScale = 1e-12;
        Measure(MatrixMode.MeasureInputs);
        foreach (MatrixLayer<T> matrix in Matrices) Array.Clear(matrix.Calibration.SumShare);
        if (Matrices[0].Plan is not null) Measure(MatrixMode.MeasureSums);
        Prepare();

        void Measure(MatrixMode mode)
        {
            Prepare();
            foreach (MatrixLayer<T> matrix in Matrices) matrix.Mode = mode;
            foreach ((T[] inputs, int batch) in batches)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Forward(inputs, batch, isTraining: false);
            }

            foreach (MatrixLayer<T> matrix in Matrices) matrix.Mode = MatrixMode.Compute;
        }
    }

    public bool HasLearntRanges => Matrices[0].HasLearntRanges;

    /// <summary>Ranges of learnt ADCs and what learning remembers, matrix after matrix.</summary>
    public float[] RangeNumbers
    {
        get => [.. Matrices.SelectMany(m => m.Ranges.Numbers)];
        set
        {
            int at = 0;
            foreach (MatrixLayer<T> matrix in Matrices)
            {
                value.AsSpan(at, matrix.Ranges.Numbers.Length).CopyTo(matrix.Ranges.Numbers);
                at += matrix.Ranges.Numbers.Length;
            }
        }
    }

    /// <summary>The learnt ranges, or null where they are not learnt.</summary>
    public LearntRanges? Ranges => HasLearntRanges
        ? new LearntRanges(Matrices[0].Model!.Tiles!.Inputs, Matrices[0].Model!.Tiles!.Outputs, [.. Matrices.SelectMany(m => m.Ranges.Shares.ToArray())])
        : null;

    /// <summary>Begins from learnt ranges, if they are for these arrays.</summary>
    /// <returns>Whether they are.</returns>
    public bool TryBegin(LearntRanges? ranges)
    {
        TileModel? tiles = HasLearntRanges ? Matrices[0].Model!.Tiles : null;
        if (tiles is null || ranges is null || (ranges.ArrayInputs, ranges.ArrayOutputs) != (tiles.Inputs, tiles.Outputs)) return false;
        int at = 0;
        foreach (MatrixLayer<T> matrix in Matrices)
            foreach (ref float share in matrix.Ranges.Shares) share = ranges.Shares[at++];
        return true;
    }

    public T[] Forward(T[] inputs, int batch, bool isTraining) => _layers.Forward(inputs, batch, isTraining);

    /// <summary>Mean softmax cross-entropy and its gradient; needs a forward pass in training mode before <see cref="Backward"/>.</summary>
    /// <param name="logits">Outputs of the forward pass.</param>
    /// <param name="labels">Class of each sample.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="correct">Samples whose largest output is their class.</param>
    /// <returns>Mean loss.</returns>
    public double Loss(T[] logits, ReadOnlySpan<byte> labels, int batch, out int correct)
    {
        if (_slope.Length < batch * ClassCount) _slope = new T[batch * ClassCount];
        double total = 0;
        correct = 0;
        Span<double> shares = stackalloc double[ClassCount];
        for (int i = 0; i < batch; i++)
        {
            ReadOnlySpan<T> row = logits.AsSpan(i * ClassCount, ClassCount);
            int largest = 0;
            for (int k = 1; k < ClassCount; k++) if (row[k] > row[largest]) largest = k;
            double top = double.CreateChecked(row[largest]), sum = 0;
            for (int k = 0; k < ClassCount; k++) sum += shares[k] = Math.Exp(double.CreateChecked(row[k]) - top);
            total += Math.Log(sum) + top - double.CreateChecked(row[labels[i]]);
            if (largest == labels[i]) correct++;
            for (int k = 0; k < ClassCount; k++)
                _slope[i * ClassCount + k] = T.CreateChecked((shares[k] / sum - (k == labels[i] ? 1 : 0)) / batch);
        }

        return total / batch;
    }

    /// <summary>Fills <see cref="Gradient"/> from the last loss.</summary>
    public void Backward(int batch) => _layers.Backward(_slope, batch, needsInput: false);
}
