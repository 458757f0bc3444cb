using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Tiles;
using CircuitSim.Training.Data;
using CircuitSim.Training.Layers;

namespace CircuitSim.Training.ArchitectureAware;

/// <summary>Judges a trained network on arrays: any network on any arrays, so that a network trained for others, or for none, is its post-training quantisation.</summary>
/// <remarks>Not thread-safe; uses several threads itself, with results that do not depend on their number.</remarks>
public sealed class ArrayEvaluator
{
    private readonly ConvolutionalModel<float> _model;
    private readonly int _threads;

    private ArrayEvaluator(ConvolutionalModel<float> model, int threads) => (_model, _threads) = (model, threads);

    /// <summary>Puts a network on arrays and calibrates the ranges of inputs and ADCs without programming errors.</summary>
    /// <param name="network">The network.</param>
    /// <param name="arrays">The arrays, or null for floating point.</param>
    /// <param name="calibration">Images whose first <see cref="ImageTrainer.CalibrationImages"/> give the ranges; training images, not those to be judged with.</param>
    /// <param name="threads">Threads at most, at least 1.</param>
    /// <returns>The evaluator, ready to judge.</returns>
    /// <exception cref="InvalidDesignException">The arrays' values are out of range, or their ADCs want learnt ranges that the network does not hold.</exception>
    public static ArrayEvaluator Create(TrainedImageNetwork network, ArrayModel? arrays, LabelledImages calibration, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(calibration);
        ConvolutionalModel<float> model = network.ToModel(threads);
        model.Attach(arrays);
        if (!model.TryBegin(network.Ranges) && model.HasLearntRanges)
        {
            throw new InvalidDesignException($"Network '{network.Network.Name}'", [$"it holds no learnt ADC ranges for arrays of {arrays!.Tiles!.Inputs} x {arrays.Tiles.Outputs}"
                + (network.Ranges is { } r ? $", but for {r.ArrayInputs} x {r.ArrayOutputs}" : "") + "; train it with learnt ranges, or judge it with calibrated ones."]);
        }

        if (arrays is null) model.Prepare();
        else model.Calibrate(new ImageBatches(calibration, network.Network.Normalization, threads).First(ImageTrainer.CalibrationImages));
        return new ArrayEvaluator(model, threads);
    }

    /// <summary>How each matrix of weights is cut into arrays, in the order of <see cref="NetworkSpec.Matrices"/>.</summary>
    public IReadOnlyList<TilePlan> Plans => [.. _model.Matrices.Select(m => m.Plan ?? new TilePlan(m.Inputs, m.Outputs, m.Inputs, m.Outputs))];

    /// <summary>Classifies images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="chip">Seed of the programmed chip, or null for one without programming errors.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Accuracy and clipped conversions.</returns>
    public ArrayEvaluation Evaluate(LabelledImages images, ulong? chip = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        _model.Prepare(Draw(chip));
        return Judge(images, cancellationToken);
    }

    /// <summary>Classifies images with the partial sums of arrays whose wires are solved exactly; ADCs are kept.</summary>
    /// <param name="images">The images.</param>
    /// <param name="wires">Wires of every array.</param>
    /// <param name="chip">Seed of the programmed chip, or null for one without programming errors.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Accuracy and clipped conversions.</returns>
    /// <exception cref="InvalidDesignException">The network is not on arrays.</exception>
    public ArrayEvaluation Evaluate(LabelledImages images, TileWires wires, ulong? chip = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        IReadOnlyList<TilePlan> plans = Plans;
        _model.Prepare(Draw(chip));
        for (int m = 0; m < plans.Count; m++)
        {
            MatrixLayer<float> matrix = _model.Matrices[m];
            var weights = new float[matrix.Inputs * matrix.Outputs];
            for (int t = 0; t < plans[m].ArrayCount; t++)
            {
                Tile tile = plans[m].Tiles[t];
                TransferMatrix ports = TransferMatrix.Compute(Array(m, t, wires, chip), hasSourceAdmittance: false, _threads, cancellationToken);
                ReadOnlySpan<double> admittance = ports.EndAdmittanceSiemens.Span;
                double scale = matrix.WeightFullScale * matrix.Model!.DifferenceScale / matrix.Model.OnSiemens;
                for (int i = 0; i < tile.InputCount; i++)
                    for (int j = 0; j < tile.OutputCount; j++)
                        weights[(tile.FirstInput + i) * matrix.Outputs + tile.FirstOutput + j] =
                            (float)(scale * (admittance[2 * j * tile.InputCount + i] - admittance[(2 * j + 1) * tile.InputCount + i]));
            }

            matrix.Replace(weights);
        }

        return Judge(images, cancellationToken);
    }

    /// <summary>One array as a circuit: word lines are the tile's inputs, bit lines the positive and the negative column of each output in turn, ends in ground.</summary>
    /// <param name="matrix">Index of the matrix, from 0.</param>
    /// <param name="tile">Index of the tile in its plan, from 0.</param>
    /// <param name="wires">Its wires.</param>
    /// <param name="chip">Seed of the programmed chip, or null for one without programming errors.</param>
    /// <returns>The crossbar, conductances in siemens.</returns>
    /// <exception cref="InvalidDesignException">The network is not on arrays.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such matrix or tile.</exception>
    public CrossbarSpec Array(int matrix, int tile, TileWires wires, ulong? chip = null)
    {
        ArgumentNullException.ThrowIfNull(wires);
        MatrixLayer<float> layer = OnArrays(matrix);
        TilePlan plan = Plans[matrix];
        ArgumentOutOfRangeException.ThrowIfNegative(tile);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tile, plan.ArrayCount);
        Tile part = plan.Tiles[tile];
        double[] siemens = layer.Conductances(part, Draw(chip), matrix + 1);
        for (int k = 0; k < siemens.Length; k++) siemens[k] *= layer.Model!.OnSiemens;
        return new CrossbarSpec(part.InputCount, 2 * part.OutputCount, siemens, wires.SegmentOhms, wires.SegmentOhms, wires.SourceOhms, wires.TerminalOhms);
    }

    /// <summary>Word-line voltages of one array for the pixel of an image that drives it hardest (its positive part), and what its currents stand for.</summary>
    /// <param name="image">The image; the first of a set.</param>
    /// <param name="matrix">Index of the matrix, from 0.</param>
    /// <param name="tile">Index of the tile in its plan, from 0.</param>
    /// <returns>Volts, one a word line, and the factor by which a pair's difference in amperes becomes a partial sum.</returns>
    /// <exception cref="InvalidDesignException">The network is not on arrays.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such matrix or tile.</exception>
    public (double[] WordLineVolts, double SumPerAmp) Drive(LabelledImages image, int matrix, int tile)
    {
        ArgumentNullException.ThrowIfNull(image);
        MatrixLayer<float> layer = OnArrays(matrix);
        ArgumentOutOfRangeException.ThrowIfNegative(tile);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tile, Plans[matrix].ArrayCount);
        var inputs = new float[image.ImageLength];
        new ImageBatches(image, _model.Spec.Normalization, 1).Take(0, 1, inputs);
        _model.Prepare();
        _model.Forward(inputs, 1, isTraining: false);
        var patch = new float[layer.Inputs];
        Tile part = Plans[matrix].Tiles[tile];
        double voltsPerUnit = layer.Model!.ReadVolts / layer.Calibration.InputFullScale;
        double[] volts = [];
        for (int pixel = 0; pixel < layer.Output.Height * layer.Output.Width; pixel++)
        {
            layer.Patch(0, pixel, patch);
            double[] candidate = [.. patch.Skip(part.FirstInput).Take(part.InputCount).Select(x => Math.Max(0, x) * voltsPerUnit)];
            if (volts.Length == 0 || candidate.Sum() > volts.Sum()) volts = candidate;
        }

        return (volts, layer.WeightFullScale * layer.Model.DifferenceScale / layer.Model.OnSiemens / voltsPerUnit);
    }

    private static WeightDraw? Draw(ulong? chip) => chip is { } seed ? new WeightDraw(seed, null) : null;

    private MatrixLayer<float> OnArrays(int matrix)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(matrix);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(matrix, _model.Matrices.Count);
        MatrixLayer<float> layer = _model.Matrices[matrix];
        return layer.Model is not null ? layer : throw new InvalidDesignException($"Network '{_model.Spec.Name}'", ["it is in floating point; put it on arrays to get their circuits."]);
    }

    private ArrayEvaluation Judge(LabelledImages images, CancellationToken cancellationToken)
    {
        foreach (MatrixLayer<float> matrix in _model.Matrices) (matrix.Calibration.ConversionCount, matrix.Calibration.ClippedCount) = (0, 0);
        (double accuracy, double loss) = Judge(_model, images, _threads, cancellationToken);
        return new ArrayEvaluation(accuracy, loss, images.Count, _model.Matrices.Sum(m => m.Calibration.ConversionCount), _model.Matrices.Sum(m => m.Calibration.ClippedCount));
    }

    internal static (double Accuracy, double Loss) Judge(ConvolutionalModel<float> model, LabelledImages images, int threads, CancellationToken cancellationToken)
    {
        var batches = new ImageBatches(images, model.Spec.Normalization, threads);
        var inputs = new float[ImageBatches.EvaluationBatch * images.ImageLength];
        int right = 0;
        double loss = 0;
        for (int start = 0; start < images.Count; start += ImageBatches.EvaluationBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int batch = Math.Min(ImageBatches.EvaluationBatch, images.Count - start);
            batches.Take(start, batch, inputs);
            loss += batch * model.Loss(model.Forward(inputs, batch, isTraining: false), images.Labels.Span.Slice(start, batch), batch, out int correct);
            right += correct;
        }

        return ((double)right / images.Count, loss / images.Count);
    }
}
