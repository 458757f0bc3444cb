using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Data;

/// <summary>Labelled samples of a classification task, as plain data.</summary>
public sealed record DataSet
{
    /// <summary>Most classes of a data set: as many as the largest image task in common use (ImageNet), each an output with a bit line.</summary>
    public const int MostClasses = 1000;

    private readonly double[] _inputs;
    private readonly int[] _labels;

    /// <summary>Creates a data set and checks it.</summary>
    /// <param name="name">Name by which experiments and reports call it.</param>
    /// <param name="featureCount">Numbers a sample, at least 1.</param>
    /// <param name="inputs">Inputs, row-major [sample, feature], finite; pixels lie in [0, 1]. Copied.</param>
    /// <param name="labels">Class of each sample, 0 to classes − 1. Copied.</param>
    /// <param name="classNames">Name of each class, at least two and at most <see cref="MostClasses"/>.</param>
    /// <param name="source">Where the data come from and under which licence.</param>
    /// <param name="featureNames">Name of each feature, or null.</param>
    /// <param name="imageWidth">Width when a sample is an image (row-major pixels), or null.</param>
    /// <param name="imageHeight">Height when a sample is an image, or null.</param>
    /// <exception cref="InvalidDesignException">A length does not fit, a number is not finite, or a label names no class; all violations are listed.</exception>
    public DataSet(
        string name, int featureCount, ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, IReadOnlyList<string> classNames, string source,
        IReadOnlyList<string>? featureNames = null, int? imageWidth = null, int? imageHeight = null)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        Name = name;
        FeatureCount = featureCount;
        _inputs = inputs.ToArray();
        _labels = labels.ToArray();
        ClassNames = [.. classNames];
        Source = source;
        FeatureNames = featureNames is null ? null : [.. featureNames];
        ImageWidth = imageWidth;
        ImageHeight = imageHeight;
        Check();
    }

    /// <summary>Name by which experiments and reports call it.</summary>
    public string Name { get; }

    /// <summary>Samples.</summary>
    public int SampleCount => _labels.Length;

    /// <summary>Numbers a sample.</summary>
    public int FeatureCount { get; }

    /// <summary>Classes.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>Inputs, row-major [sample, feature]; pixels lie in [0, 1], other features are in their own units.</summary>
    public ReadOnlyMemory<double> Inputs => _inputs;

    /// <summary>Class of each sample, 0 to <see cref="ClassCount"/> − 1.</summary>
    public ReadOnlyMemory<int> Labels => _labels;

    /// <summary>Name of each class.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Where the data come from and under which licence.</summary>
    public string Source { get; }

    /// <summary>Name of each feature, or null for images.</summary>
    public IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>Width in pixels when a sample is an image, or null.</summary>
    public int? ImageWidth { get; }

    /// <summary>Height in pixels when a sample is an image, or null.</summary>
    public int? ImageHeight { get; }

    /// <summary>True when a sample is an image; its pixels then lie in [0, 1] by their nature, whatever values occur.</summary>
    public bool IsImage => ImageWidth is not null;

    /// <summary>Some of the samples, in the order asked for.</summary>
    /// <param name="indices">Sample indices from 0; repetition is allowed.</param>
    /// <returns>A data set of the same name, features and classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index names no sample.</exception>
    public DataSet Take(ReadOnlySpan<int> indices)
    {
        var inputs = new double[(long)indices.Length * FeatureCount];
        var labels = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            int sample = indices[i];
            ArgumentOutOfRangeException.ThrowIfNegative(sample, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, SampleCount, nameof(indices));
            labels[i] = _labels[sample];
            _inputs.AsSpan(sample * FeatureCount, FeatureCount).CopyTo(inputs.AsSpan(i * FeatureCount));
        }

        return new DataSet(Name, FeatureCount, inputs, labels, ClassNames, Source, FeatureNames, ImageWidth, ImageHeight);
    }

    /// <summary>The samples of some classes, whose labels become their places in the list.</summary>
    /// <param name="classNames">Classes to keep, at least two, each once.</param>
    /// <returns>A data set with those classes; samples keep their order.</returns>
    /// <exception cref="InvalidDesignException">A class is not known, is named twice, or fewer than two are named.</exception>
    public DataSet OfClasses(IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        var violations = new List<string>();
        foreach (string name in classNames.Except(ClassNames)) violations.Add($"Class '{name}' is not known; classes are {string.Join(", ", ClassNames)}.");
        if (classNames.Distinct().Count() != classNames.Count) violations.Add($"Classes {string.Join(", ", classNames)}: one is named twice.");
        if (classNames.Count < 2) violations.Add($"{classNames.Count} classes are named; at least two are needed.");
        if (violations.Count > 0) throw new InvalidDesignException($"Classes of data set '{Name}'", violations);

        int[] place = [.. ClassNames.Select(name => Array.IndexOf([.. classNames], name))];
        int[] kept = [.. Enumerable.Range(0, SampleCount).Where(i => place[_labels[i]] >= 0)];
        DataSet some = Take(kept);
        return new DataSet(Name, FeatureCount, some._inputs, [.. some._labels.Select(l => place[l])], classNames, Source, FeatureNames, ImageWidth, ImageHeight);
    }

    /// <summary>Divides the samples at random into a training and a test part.</summary>
    /// <param name="trainFraction">Fraction of the samples for training, between 0 and 1; the count is rounded to the nearest whole number.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="kind">Whether each class is divided in the same proportion.</param>
    /// <returns>Both parts; each has at least one sample.</returns>
    /// <exception cref="InvalidDesignException">A part would be empty.</exception>
    public DataSplit Split(double trainFraction, ulong seed, SplitKind kind = SplitKind.Stratified) =>
        DataSplit.Create(this, trainFraction, seed, kind);

    private void Check()
    {
        var violations = new List<string>();
        if (FeatureCount < 1) violations.Add($"{FeatureCount} features; at least 1 is needed.");
        if (ClassCount < 2) violations.Add($"{ClassCount} classes; at least 2 are needed.");
        if (ClassCount > MostClasses) violations.Add($"{ClassCount} classes; at most {MostClasses} are supported.");
        if (_inputs.LongLength != (long)FeatureCount * SampleCount)
            violations.Add($"{_inputs.Length} inputs; {(long)FeatureCount * SampleCount} are needed for {SampleCount} samples x {FeatureCount} features.");
        if (FeatureNames is not null && FeatureNames.Count != FeatureCount)
            violations.Add($"{FeatureNames.Count} feature names for {FeatureCount} features.");
        if (ImageWidth is null != ImageHeight is null || (ImageWidth is int w && ImageHeight is int h && (long)w * h != FeatureCount))
            violations.Add($"An image of {ImageWidth} x {ImageHeight} pixels does not have {FeatureCount} features.");
        int label = Array.FindIndex(_labels, l => l < 0 || l >= ClassCount);
        if (label >= 0) violations.Add($"Sample {label} has class {_labels[label]}; classes are 0 to {ClassCount - 1}.");
        int bad = Array.FindIndex(_inputs, v => !double.IsFinite(v));
        if (bad >= 0 && FeatureCount > 0)
            violations.Add($"Sample {bad / FeatureCount}, feature {bad % FeatureCount} is not finite.");
        int outside = IsImage ? Array.FindIndex(_inputs, v => v < 0 || v > 1) : -1;
        if (outside >= 0)
        {
            violations.Add(string.Create(CultureInfo.InvariantCulture,
                $"Sample {outside / FeatureCount}, pixel {outside % FeatureCount} is {_inputs[outside]:R}; pixels lie in 0 to 1."));
        }

        if (violations.Count > 0) throw new InvalidDesignException($"Data set '{Name}'", violations);
    }
}
