using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.Tiles;
using CircuitSim.Training.ArchitectureAware;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Layers;

/// <summary>Trains convolutional networks in single precision, in floating point or through the arrays that will hold them.</summary>
/// <remarks>Results do not depend on the number of threads, nor on interruptions: a checkpoint after each epoch holds everything that goes on.</remarks>
public static class ImageTrainer
{
    /// <summary>Images that the ranges of inputs and ADCs are taken from: the first of the training images.</summary>
    public const int CalibrationImages = 300;

    private static readonly JsonSerializerOptions Named = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network; its output is one number a class.</param>
    /// <param name="images">Images of the network's input shape. Test images judge each epoch and decide nothing.</param>
    /// <param name="options">How to train.</param>
    /// <param name="arrays">Arrays to train through, or null for floating point. Ranges of inputs and ADCs are calibrated anew before each epoch; that of weights is fixed at the start.</param>
    /// <param name="start">Network to begin from, or null for random weights.</param>
    /// <param name="checkpointPath">File that is written after each epoch and, when it is there and of the same training, gone on from; null for none.</param>
    /// <param name="threads">Threads at most, at least 1.</param>
    /// <param name="progress">Told after every few steps.</param>
    /// <param name="cancellationToken">Ends the work early; finished epochs stay in the checkpoint.</param>
    /// <returns>The trained network.</returns>
    /// <exception cref="InvalidDesignException">Network, images and options do not fit each other.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight has lost its meaning.</exception>
    /// <exception cref="InputFileException">The checkpoint is broken, or belongs to another training.</exception>
    public static TrainedImageNetwork Train(
        NetworkSpec network, ImageSplit images, ImageTrainingOptions options, ArrayModel? arrays = null, TrainedImageNetwork? start = null, string? checkpointPath = null,
        int threads = 1, IProgress<ImageTrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        CheckShapes(network, images);
        options = options with { BatchSize = Math.Min(options.BatchSize, images.Training.Count) };
        ConvolutionalModel<float> model = new(network, threads);
        if (start is null)
        {
            model.Initialize(options.Seed);
        }
        else
        {
            if (start.Parameters.Length != model.Parameters.Length || start.State.Length != model.State.Length)
                throw new InvalidDesignException($"Network '{network.Name}'", [$"it has {model.Parameters.Length} parameters, the network to begin from {start.Parameters.Length}; both must be one network."]);
            start.Parameters.CopyTo(model.Parameters);
            start.State.CopyTo(model.State);
        }

        model.Attach(arrays);
        model.TryBegin(start?.Ranges);
        string fingerprint = checkpointPath is null ? "" : Fingerprint(network, images, options, arrays, start);
        var optimizer = new ParameterStep<float>(options, model.Parameters.Length);
        var history = new List<ImageEpoch>();
        if (checkpointPath is not null && File.Exists(checkpointPath)) Resume(checkpointPath, fingerprint, model, optimizer, history);
        if (arrays is not null) foreach (MatrixLayer<float> matrix in model.Matrices) matrix.HoldRange();
        var run = new Run(model, optimizer, images, options, arrays, threads);
        long begun = Stopwatch.GetTimestamp();
        int before = history.Count;
        for (int epoch = before; epoch < options.Epochs; epoch++)
        {
            history.Add(run.Epoch(epoch, (fraction, loss) =>
            {
                double done = epoch - before + fraction, left = options.Epochs - epoch - fraction;
                progress?.Report(new ImageTrainingProgress(epoch + 1, options.Epochs, (epoch + fraction) / options.Epochs, loss,
                    Stopwatch.GetElapsedTime(begun).TotalSeconds / done * left));
            }, cancellationToken));
            if (checkpointPath is not null)
                FloatArchive.Write(checkpointPath, new Checkpoint(fingerprint, history), [.. Numbers(model, optimizer)]);
        }

        return new TrainedImageNetwork(network, model.Parameters, model.State, history) { Ranges = model.Ranges };
    }

    /// <summary>Refuses a network that does not fit images.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">The images.</param>
    /// <exception cref="InvalidDesignException">Input shape or number of classes differs, or layers do not fit each other; all violations are listed.</exception>
    public static void CheckShapes(NetworkSpec network, ImageSplit images)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        FeatureShape output = network.Output(), input = network.Input;
        var problems = new List<string>();
        foreach (LabelledImages set in (LabelledImages[])[images.Training, images.Test])
        {
            if ((set.Height, set.Width, set.Channels) != (input.Height, input.Width, input.Channels))
                problems.Add($"its input is {input}, but images of '{set.Name}' are {set.Height} x {set.Width} x {set.Channels}.");
            if (output != new FeatureShape(1, 1, set.ClassNames.Count))
                problems.Add($"its output is {output}, but '{set.Name}' has {set.ClassNames.Count} classes; end with that many outputs.");
        }

        if (problems.Count > 0) throw new InvalidDesignException($"Network '{network.Name}'", [.. problems.Distinct()]);
    }

    private static string Fingerprint(NetworkSpec network, ImageSplit images, ImageTrainingOptions options, ArrayModel? arrays, TrainedImageNetwork? start)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(network) + JsonSerializer.Serialize(options, Named) + JsonSerializer.Serialize(arrays, Named)));
        foreach (LabelledImages set in (LabelledImages[])[images.Training, images.Test])
        {
            hash.AppendData(set.Pixels.Span);
            hash.AppendData(set.Labels.Span);
        }

        if (start is not null) hash.AppendData(MemoryMarshal.AsBytes(start.Parameters.Span));
        if (start?.Ranges is { } ranges) hash.AppendData(MemoryMarshal.AsBytes<float>([.. ranges.Shares]));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Resume(string path, string fingerprint, ConvolutionalModel<float> model, ParameterStep<float> optimizer, List<ImageEpoch> history)
    {
        (Checkpoint checkpoint, float[][] arrays) = FloatArchive.Read<Checkpoint>(path, _ => Numbers(model, optimizer).Count());
        if (checkpoint.Fingerprint != fingerprint)
            throw new InputFileException(path, "is the checkpoint of a training with other network, images, options or start; remove it or name another file.");
        float[][] targets = [.. Numbers(model, optimizer)];
        for (int a = 0; a < targets.Length; a++)
        {
            if (arrays[a].Length != targets[a].Length) throw new InputFileException(path, $"holds {arrays[a].Length} numbers where {targets[a].Length} are needed; remove it.");
            arrays[a].CopyTo(targets[a], 0);
        }

        if (model.HasLearntRanges) model.RangeNumbers = arrays[^1];
        history.AddRange(checkpoint.History);
    }

    private static IEnumerable<float[]> Numbers(ConvolutionalModel<float> model, ParameterStep<float> optimizer)
    {
        IEnumerable<float[]> numbers = [model.Parameters, model.State, optimizer.First, optimizer.Second];
        return model.HasLearntRanges ? numbers.Append(model.RangeNumbers) : numbers;
    }

    private static void Shorten(Span<float> gradient, double most)
    {
        double squares = 0;
        foreach (float g in gradient) squares += (double)g * g;
        if (squares > most * most) Lanes.Scale(gradient, (float)(most / Math.Sqrt(squares)));
    }

    private sealed record Checkpoint(string Fingerprint, IReadOnlyList<ImageEpoch> History);

    private sealed class Run(ConvolutionalModel<float> model, ParameterStep<float> optimizer, ImageSplit images, ImageTrainingOptions options, ArrayModel? arrays, int threads)
    {
        private const int StepsBetweenReports = 20;

        private readonly DivergenceCheck _check = new("Training of the convolutional network", options.LearningRate);

        private readonly ImageBatches _batches = new(images.Training, model.Spec.Normalization, threads);
        private readonly float[] _inputs = new float[options.BatchSize * images.Training.ImageLength];
        private readonly byte[] _labels = new byte[options.BatchSize];
        private readonly int[] _order = new int[images.Training.Count];
        private readonly IReadOnlyList<(float[], int)> _calibration = arrays is null ? [] : new ImageBatches(images.Training, model.Spec.Normalization, threads).First(CalibrationImages);

        public ImageEpoch Epoch(int epoch, Action<double, double> report, CancellationToken cancellationToken)
        {
            new CounterRandom(options.Seed, string.Create(CultureInfo.InvariantCulture, $"image order of epoch {epoch + 1}")).Permutation(_order);
            if (arrays is not null) model.Calibrate(_calibration, cancellationToken);
            int count = images.Training.Count, steps = (count + options.BatchSize - 1) / options.BatchSize;
            double total = 0;
            int right = 0;
            for (int s = 0; s < steps; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int from = s * options.BatchSize, batch = Math.Min(options.BatchSize, count - from);
                long step = (long)epoch * steps + s;
                _batches.Take(_order.AsMemory(from, batch), (long)epoch * count + from, options, _inputs, _labels);
                model.Prepare(arrays is { Variation: > 0 } ? new WeightDraw(options.Seed, step) : null);
                double loss = model.Loss(model.Forward(_inputs, batch, isTraining: true), _labels, batch, out int correct);
                _check.Loss(epoch + 1, loss, s > 0 ? total / from : null);
                model.Backward(batch);
                if (options.GradientNorm is { } most) Shorten(model.Gradient, most);
                optimizer.Take(model.Parameters, model.Gradient, options.Rate(step, steps), step + 1);
                _check.Weights(epoch + 1, model.Parameters);
                if (arrays is not null) foreach (MatrixLayer<float> matrix in model.Matrices) matrix.Clamp();
                if (model.HasLearntRanges)
                    foreach (MatrixLayer<float> matrix in model.Matrices) matrix.Ranges.Take(RangeLearner.Rate * options.Rate(step, steps) / options.LearningRate, step + 1);
                (total, right) = (total + loss * batch, right + correct);
                if ((s + 1) % StepsBetweenReports == 0 || s + 1 == steps) report((s + 1.0) / steps, total / (from + batch));
            }

            RequireMeaning(epoch + 1);
            if (arrays is not null) model.Calibrate(_calibration, cancellationToken);
            else model.Prepare();
            return new ImageEpoch(epoch + 1, total / count, (double)right / count, ArrayEvaluator.Judge(model, images.Test, threads, cancellationToken).Accuracy);
        }

        private void RequireMeaning(int epoch)
        {
            int odd = Array.FindIndex(model.State, v => !float.IsFinite(v));
            if (odd >= 0) throw _check.Error(epoch, FormattableString.Invariant($"running statistic {odd + 1} is {model.State[odd]}"));
            int place = arrays is null ? -1 : model.Matrices.ToList().FindIndex(m => m.IsSaturated);
            if (place >= 0) throw _check.Error(epoch, FormattableString.Invariant($"every weight of matrix {place + 1} is at an end of the range that its arrays hold"));
        }
    }
}
