using CircuitSim.Circuit.Errors;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.Runs;

/// <summary>The samples of a run: split, scaled to volts, and checked against the network's shape.</summary>
internal sealed class RunData
{
    private RunData(DataSet all, DataSplit split, VoltageSet training, VoltageSet test, int checkedCount, string fingerprint)
    {
        All = all;
        Split = split;
        Training = training;
        Test = test;
        CheckedCount = checkedCount;
        Fingerprint = fingerprint;
    }

    internal DataSet All { get; }

    internal DataSplit Split { get; }

    internal VoltageSet Training { get; }

    internal VoltageSet Test { get; }

    /// <summary>Held-out samples that are solved at circuit level: the first ones.</summary>
    internal int CheckedCount { get; }

    /// <summary>Changes when any sample, label or name changes.</summary>
    internal string Fingerprint { get; }

    internal ReadOnlyMemory<double> CheckedInputVolts => Test.InputVolts[..(CheckedCount * Test.InputCount)];

    internal ReadOnlySpan<int> CheckedLabels => Test.Labels.Span[..CheckedCount];

    internal ReadOnlySpan<double> InputVolts(int sample) => Test.InputVolts.Span.Slice(sample * Test.InputCount, Test.InputCount);

    internal static RunData Open(Experiment experiment, string? dataFolder)
    {
        DataSet all = OpenSet(experiment.Data, dataFolder);
        CheckShape(experiment, all);
        DataSplit split = all.Split(experiment.Data.Train, experiment.Seed);
        CheckSamples(experiment, split.Test.SampleCount);
        FeatureScaling scaling = FeatureScaling.Fit(split.Training);
        VoltageSet training = scaling.ToVolts(split.Training, experiment.Circuit.SupplyVolts);
        VoltageSet test = scaling.ToVolts(split.Test, experiment.Circuit.SupplyVolts);
        return new RunData(all, split, training, test, Math.Min(experiment.Check.Samples, test.SampleCount), DataFingerprint.Of(experiment.Data, all));
    }

    internal static DataSet OpenSet(DataSettings settings, string? dataFolder) => settings.Label is string label
        ? TableReader.Read(settings.Set, Path.GetFileNameWithoutExtension(settings.Set), label, $"table {Path.GetFileName(settings.Set)}")
        : DataSets.Open(settings.Set, dataFolder);

    // Said before anything is trained; the exporter checks again for programs that call it directly.
    internal static void CheckSamples(Experiment experiment, int heldOut)
    {
        int[] outside = [.. (experiment.Export.Samples ?? []).Where(s => s >= heldOut)];
        if (outside.Length > 0)
            throw new InvalidDesignException($"Experiment '{experiment.Name}'",
                [.. outside.Select(s => $"export sample {s} does not exist; {heldOut} samples are held out, 0 to {heldOut - 1}.")]);
    }

    internal static void CheckShape(Experiment experiment, DataSet all)
    {
        var violations = new List<string>();
        IReadOnlyList<int> layers = experiment.Network.Layers;
        if (layers[0] != all.FeatureCount)
            violations.Add($"Data set '{all.Name}' has {all.FeatureCount} features, but the first of network layers [{string.Join(", ", layers)}] is {layers[0]}; make it {all.FeatureCount}.");
        if (layers[^1] != all.ClassCount)
            violations.Add($"Data set '{all.Name}' has {all.ClassCount} classes, but the last of network layers [{string.Join(", ", layers)}] is {layers[^1]}; make it {all.ClassCount}.");
        if (violations.Count > 0) throw new InvalidDesignException($"Experiment '{experiment.Name}'", violations);
    }
}
