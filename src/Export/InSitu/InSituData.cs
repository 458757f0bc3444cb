using CircuitSim.Export.Runs;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.InSitu;

/// <summary>The samples of a run in situ: whole set, its split by a seed, and scaled test inputs.</summary>
internal sealed class InSituData
{
    private InSituData(DataSet all, ThreeWaySplit split, double[] testInputs, int checkedCount, string fingerprint)
    {
        (All, Split, TestInputs, CheckedCount, Fingerprint) = (all, split, testInputs, checkedCount, fingerprint);
    }

    internal DataSet All { get; }

    internal ThreeWaySplit Split { get; }

    /// <summary>Scaled test inputs without the bias, row-major [sample, input].</summary>
    internal double[] TestInputs { get; }

    /// <summary>Test samples that are solved at circuit level: the first ones.</summary>
    internal int CheckedCount { get; }

    /// <summary>Changes when any sample, label or name changes.</summary>
    internal string Fingerprint { get; }

    internal ReadOnlySpan<double> Inputs(int sample) => TestInputs.AsSpan(sample * All.FeatureCount, All.FeatureCount);

    internal static InSituData Open(Experiment experiment, string? dataFolder)
    {
        DataSet all = RunData.OpenSet(experiment.Data, dataFolder);
        RunData.CheckShape(experiment, all);
        ThreeWaySplit split = ThreeWaySplit.Create(all, experiment.Data.Train, experiment.InSitu!.Validation, experiment.Seed);
        RunData.CheckSamples(experiment, split.Test.SampleCount);
        double[] inputs = FeatureStandardization.Fit(split.Training).Apply(split.Test, hasBias: false);
        return new InSituData(all, split, inputs, Math.Min(experiment.Check.Samples, split.Test.SampleCount), DataFingerprint.Of(experiment.Data, all));
    }
}
