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
    /// <exception cref="InvalidDesignException">The arrays' values are out of range.</exception>
    public static ArrayEvaluator Create(TrainedImageNetwork network, ArrayModel? arrays, LabelledImages calibration, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(calibration);
        ConvolutionalModel<float> model = network.ToModel(threads);
        model.Attach(arrays);
        if (arrays is null) model.Prepare();
        else model.Calibrate(new ImageBatches(calibration, threads).First(ImageTrainer.CalibrationImages));
        return new ArrayEvaluator(model, threads);
    }

    /// <summary>The network at work.</summary>
    internal ConvolutionalModel<float> Model => _model;

    /// <summary>Classifies images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="chip">Seed of the programmed chip, or null for one without programming errors.</param>
    /// <returns>Accuracy and clipped conversions.</returns>
    public ArrayEvaluation Evaluate(LabelledImages images, ulong? chip = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        _model.Prepare(chip is { } seed ? new WeightDraw(seed, null) : null);
        foreach (MatrixLayer<float> matrix in _model.Matrices) (matrix.Calibration.ConversionCount, matrix.Calibration.ClippedCount) = (0, 0);
        double accuracy = Accuracy(_model, images, _threads);
        return new ArrayEvaluation(accuracy, images.Count, _model.Matrices.Sum(m => m.Calibration.ConversionCount), _model.Matrices.Sum(m => m.Calibration.ClippedCount));
    }

    internal static double Accuracy(ConvolutionalModel<float> model, LabelledImages images, int threads)
    {
        var batches = new ImageBatches(images, threads);
        var inputs = new float[ImageBatches.EvaluationBatch * images.ImageLength];
        int right = 0;
        for (int start = 0; start < images.Count; start += ImageBatches.EvaluationBatch)
        {
            int batch = Math.Min(ImageBatches.EvaluationBatch, images.Count - start);
            batches.Take(start, batch, inputs);
            model.Loss(model.Forward(inputs, batch, isTraining: false), images.Labels.Span.Slice(start, batch), batch, out int correct);
            right += correct;
        }

        return (double)right / images.Count;
    }
}
